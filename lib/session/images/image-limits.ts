/** Image limits: what may be attached, and what one request may carry. All pure. */
import type { ImageRef } from "@/lib/session/store/session";

/** Images of one prompt. */
export const MAX_IMAGES = 10;
/** Bytes of a file that may be attached. It can be made smaller before it is sent. */
export const MAX_IMAGE_BYTES = 20_000_000;
/** A decoded pixel takes four bytes, however small the file is. */
export const MAX_PIXELS = 64_000_000;
/** Characters of an image's name. */
export const MAX_NAME = 200;
/** Bytes of an image that may be sent. */
const MAX_SENT_BYTES = 5_000_000;
/** Characters of base64 in one request: the relay accepts 8 MiB, and the text needs room too. */
const MAX_BASE64 = 7_000_000;

/** Why these images cannot be sent with those of earlier turns, and what to do; null if they can. */
export function imageProblem(sent: readonly ImageRef[], earlier: readonly ImageRef[]): string | null {
  const large = sent.find(({ bytes }) => bytes > MAX_SENT_BYTES);
  if (large) {
    return `${large.name} is ${inMegabytes(large.bytes)}; images can be at most ${inMegabytes(MAX_SENT_BYTES)}. Choose a smaller size, or remove it.`;
  }
  const total = [...sent, ...earlier].reduce((sum, { bytes }) => sum + base64Length(bytes), 0);
  if (sent.length === 0 || total <= MAX_BASE64) return null;
  const which = earlier.length === 0 ? "These images take" : "These images and the earlier ones take";
  return `${which} ${inMegabytes(total)} of a request, which has room for ${inMegabytes(MAX_BASE64)}. Choose smaller sizes, or remove some.`;
}

/** "8.2 MB" */
export function inMegabytes(bytes: number): string {
  return `${(Math.ceil(bytes / 100_000) / 10).toLocaleString("en")} MB`;
}

/** "12 B", "143 kB", "5.8 MB" */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 999_500 ? `${Math.round(bytes / 1_000)} kB` : inMegabytes(bytes);
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
