import type { ImageBytes } from "@/lib/session/store/session";

/** A person's file as an image that can be sent, judged by its bytes. In the browser only. */
import { convertHeic, isHeic, type ReadFile } from "./convert-heic";
import { inMegabytes, MAX_IMAGE_BYTES, MAX_NAME, MAX_PIXELS } from "./image-limits";
import { type ImageHead, readImageHead } from "./read-image-head";

/** Never rejects. */
export async function readImageFile(file: File): Promise<ReadFile> {
  const name = file.name === "" ? "image" : file.name.slice(0, MAX_NAME);
  if (file.size > MAX_IMAGE_BYTES) {
    return refuse(
      `${name} is ${inMegabytes(file.size)}; a file can be at most ${inMegabytes(MAX_IMAGE_BYTES)}. Make it smaller and attach it again.`,
    );
  }
  const buffer = await file.arrayBuffer().catch(() => null);
  if (buffer === null) return refuse(`${name} could not be read. If it is a folder, attach its files.`);
  const bytes = new Uint8Array(buffer);
  const head = readImageHead(bytes);
  if (head === null && isHeic(bytes)) return convertHeic(name, bytes);
  if (head === null) {
    return refuse(`${name} is not a PNG, JPEG, WebP or GIF image. Convert it and attach it again.`);
  }
  const pixels = head.width * head.height;
  if (pixels > MAX_PIXELS) {
    return refuse(
      `${name} has ${Math.ceil(pixels / 1_000_000)} megapixels; at most ${MAX_PIXELS / 1_000_000} can be opened. Make it smaller and attach it again.`,
    );
  }
  return decode(name, head, bytes);
}

/** Only the browser's own decoder knows whether the rest is whole, and which way up the image is. */
async function decode(name: string, { mediaType }: ImageHead, bytes: ImageBytes): Promise<ReadFile> {
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: mediaType }));
    const { width, height } = bitmap;
    bitmap.close();
    return { ok: true, image: { name, mediaType, width, height, bytes } };
  } catch {
    return refuse(`${name} looks like an image, but the browser can't open it. It may be truncated.`);
  }
}

function refuse(reason: string): ReadFile {
  return { ok: false, reason };
}
