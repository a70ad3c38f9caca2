/**
 * A recorded request holds references instead of image bytes, so that the bytes are stored once and not once per step
 * of every lane. Putting them back gives the exact text that was sent.
 */
import { imageId } from "@/lib/session/store/ids";
import type { ImageId, ImageRef } from "@/lib/session/store/session";

import { sizeInWords } from "./image-limits";

const REFERENCE = /vitrine-image\(([\w-]+),(\d+)\)/g;

/** The text with each image's base64 taken out. */
export function withReferences(
  request: string,
  images: readonly ImageRef[],
  base64: ReadonlyMap<ImageId, string>,
): string {
  return images.reduce((text, { id, bytes }) => {
    const data = base64.get(id);
    return data === undefined ? text : text.replaceAll(data, reference(id, bytes));
  }, request);
}

/** The text as it was sent. A reference without bytes stays. */
export function withBytes(request: string, base64: ReadonlyMap<ImageId, string>): string {
  return request.replaceAll(REFERENCE, (found, id: string) => base64.get(imageId(id)) ?? found);
}

/** The text for people: "data:image/png;base64,… 143 kB". */
export function withSizes(request: string): string {
  return request.replaceAll(REFERENCE, (_found, _id, bytes: string) => sizeMark(Number(bytes)));
}

/** What stands for an image's base64 where people read it. */
export function sizeMark(bytes: number): string {
  return `… ${sizeInWords(bytes)}`;
}

/** Ids of the images in a recorded request. */
export function referencesIn(request: string): readonly ImageId[] {
  return [...new Set(Array.from(request.matchAll(REFERENCE), ([, id = ""]) => imageId(id)))];
}

/** The text with its images under new ids. */
export function renameReferences(request: string, rename: (id: ImageId) => ImageId): string {
  return request.replaceAll(REFERENCE, (_found, id: string, bytes: string) =>
    reference(rename(imageId(id)), Number(bytes)),
  );
}

function reference(id: ImageId, bytes: number): string {
  return `vitrine-image(${id},${bytes})`;
}
