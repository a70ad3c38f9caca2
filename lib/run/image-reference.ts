/**
 * A recorded request holds references instead of image bytes, so that the bytes are stored once and not once per step
 * of every lane. Putting them back gives the exact text that was sent.
 */
export const IMAGE_REFERENCE = /vitrine-image\(([\w-]+),(\d+)\)/g;

/** What stands for an image's base64 in a recorded request. */
export function imageReference(id: string, bytes: number): string {
  return `vitrine-image(${id},${bytes})`;
}

/** The text as it was sent. A reference without bytes stays. */
export function withImageBytes(request: string, base64: ReadonlyMap<string, string>): string {
  return request.replaceAll(IMAGE_REFERENCE, (found, id: string) => base64.get(id) ?? found);
}
