/** How the images of recorded requests are taken out, named and shown. */
import { IMAGE_REFERENCE, imageReference } from "@/lib/run/image-reference";
import { imageId } from "@/lib/session/store/ids";
import type { ImageId, ImageRef } from "@/lib/session/store/session";

import { sizeInWords } from "./image-limits";

/** The text with each image's base64 taken out. */
export function withReferences(
  request: string,
  images: readonly ImageRef[],
  base64: ReadonlyMap<ImageId, string>,
): string {
  return images.reduce((text, { id, bytes }) => {
    const data = base64.get(id);
    return data === undefined ? text : text.replaceAll(data, imageReference(id, bytes));
  }, request);
}

/** The text for people: "data:image/png;base64,… 143 kB". */
export function withSizes(request: string): string {
  return request.replaceAll(IMAGE_REFERENCE, (_found, _id, bytes: string) => sizeMark(Number(bytes)));
}

/** What stands for an image's base64 where people read it. */
export function sizeMark(bytes: number): string {
  return `… ${sizeInWords(bytes)}`;
}

/** Ids of the images in a recorded request. */
export function referencesIn(request: string): readonly ImageId[] {
  return [...new Set(Array.from(request.matchAll(IMAGE_REFERENCE), ([, id = ""]) => imageId(id)))];
}

/** The text with its images under new ids. */
export function renameReferences(request: string, rename: (id: ImageId) => ImageId): string {
  return request.replaceAll(IMAGE_REFERENCE, (_found, id: string, bytes: string) =>
    imageReference(rename(imageId(id)), Number(bytes)),
  );
}
