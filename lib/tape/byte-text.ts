/** Bytes as a tape holds them: text where they are UTF-8, base64 where they are not. Pure. */
import { fromBase64, toBase64 } from "@/lib/link/base64";

export type ByteText = { readonly text: string } | { readonly base64: string };

/** Bytes of a character after its first. */
const MOST_CONTINUED = 3;

/**
 * The bytes as text; a character that begins or ends in another read stands apart, as base64. Bytes that are no UTF-8
 * in any other way are base64 altogether. Laid end to end the pieces are the bytes.
 */
export function writeBytes(bytes: Uint8Array): readonly ByteText[] {
  const whole = utf8(bytes);
  if (whole !== null) return [{ text: whole }];
  const start = continuedBytes(bytes);
  const end = bytes.length - openBytes(bytes);
  const middle = start < end ? utf8(bytes.subarray(start, end)) : null;
  if (middle === null) return [{ base64: toBase64(bytes) }];
  return [
    ...(start === 0 ? [] : [{ base64: toBase64(bytes.subarray(0, start)) }]),
    { text: middle },
    ...(end === bytes.length ? [] : [{ base64: toBase64(bytes.subarray(end)) }]),
  ];
}

/** The bytes of a piece; null where its base64 is none. */
export function readBytes(piece: ByteText): Uint8Array<ArrayBuffer> | null {
  return "text" in piece ? new TextEncoder().encode(piece.text) : fromBase64(piece.base64);
}

/** The text of bytes that are UTF-8 by themselves; null for others. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes at the start that go on with a character which began before. */
function continuedBytes(bytes: Uint8Array): number {
  let count = 0;
  while (count < MOST_CONTINUED && isContinued(bytes[count])) count += 1;
  return count;
}

/** Bytes at the end that begin a character which goes on behind. */
function openBytes(bytes: Uint8Array): number {
  for (let count = 1; count <= MOST_CONTINUED && count <= bytes.length; count += 1) {
    const byte = bytes[bytes.length - count];
    if (isContinued(byte)) continue;
    return byte !== undefined && byte >= 0xc0 ? count : 0;
  }
  return 0;
}

function isContinued(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
