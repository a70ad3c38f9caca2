/** The images of a session in an exported file: base64 under their ids. */
import * as z from "zod/mini";

import { fromBase64 } from "@/lib/link/base64";
import { imageIdSchema } from "@/lib/session/storage/saved-session";
import type { ImageBytes, ImageId, ImageRef, ImageType, StoredImage } from "@/lib/session/store/session";

import { MAX_IMAGE_BYTES } from "./image-limits";
import { readImageHead } from "./read-image-head";

const MAX_STORED = 10_000;

type FileImage = { readonly id: ImageId; readonly base64: string };

export const fileImagesSchema: z.ZodMiniType<readonly FileImage[]> = z
  .array(
    z.object({
      id: imageIdSchema,
      base64: z.string().check(z.maxLength(Math.ceil(MAX_IMAGE_BYTES / 3) * 4)),
    }),
  )
  .check(z.maxLength(MAX_STORED));

export type ReadImages =
  | { readonly ok: true; readonly images: readonly StoredImage[] }
  | { readonly ok: false; readonly reason: string };

/**
 * The bytes of a file's images. Every image must be named by the session and be what is said of it. A named
 * image may be missing: its bytes could not be saved where the file was made.
 */
export function readFileImages(files: readonly FileImage[], refs: readonly ImageRef[]): ReadImages {
  const read = new Map<ImageId, { readonly bytes: ImageBytes; readonly mediaType: ImageType | undefined }>();
  for (const [index, { id, base64 }] of files.entries()) {
    const bytes = fromBase64(base64);
    if (bytes === null) return refuse(`images.${index}.base64 is not base64.`);
    if (read.has(id)) return refuse("The file has two images with the same id.");
    read.set(id, { bytes, mediaType: readImageHead(bytes)?.mediaType });
  }
  const odd = refs.find((ref) => {
    const image = read.get(ref.id);
    return image && (image.mediaType !== ref.mediaType || image.bytes.length !== ref.bytes);
  });
  if (odd) return refuse(`The image ${odd.name} does not match its description in the file.`);
  const named = new Set(refs.map((ref) => ref.id));
  const stray = files.findIndex((file) => !named.has(file.id));
  if (stray >= 0) return refuse(`images.${stray}.id is not used by any prompt in the file.`);
  return { ok: true, images: Array.from(read, ([id, { bytes }]) => ({ id, bytes })) };
}

function refuse(reason: string): ReadImages {
  return { ok: false, reason };
}
