/** Bodies as bytes and as text. Nothing here changes a byte. */
import type { Exchange, ExchangeChunk } from "@/lib/tape/exchange";

/** A whole body. */
export function bodyOf({ chunks }: Pick<Exchange, "chunks">): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(chunks.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of chunks) {
    body.set(bytes, at);
    at += bytes.length;
  }
  return body;
}

/** The text of bytes that are UTF-8 to the last one, a BOM included; null for all others. */
export function exactText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Text as UTF-8. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

const LF = 10;
const CR = 13;
/** More pieces than this of one body are left in one. */
const MOST_PIECES = 200_000;

/**
 * An event stream cut behind the blank lines that end its events; the pieces together are the bytes as they were. A body
 * without blank lines is one piece.
 */
export function cutIntoFrames(body: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let from = 0;
  let lineFrom = 0;
  let holdsLine = false;
  for (let at = 0; at < body.length && pieces.length < MOST_PIECES; at += 1) {
    const byte = body[at];
    if (byte !== LF && byte !== CR) continue;
    // CR LF ends one line.
    if (byte === CR && body[at + 1] === LF) continue;
    const end = byte === LF && body[at - 1] === CR && at > lineFrom ? at - 1 : at;
    const isBlank = end === lineFrom;
    if (!isBlank) holdsLine = true;
    else if (holdsLine) {
      pieces.push(body.slice(from, at + 1));
      from = at + 1;
      holdsLine = false;
    }
    lineFrom = at + 1;
  }
  if (from < body.length) pieces.push(body.slice(from));
  return pieces;
}

/** Bytes of each read and its time, as one short text: "1200+31 1350+28". */
export function writeReads(chunks: readonly ExchangeChunk[]): string {
  return chunks.map(({ us, bytes }) => `${String(us)}+${String(bytes.length)}`).join(" ");
}

/** The reads that `writeReads` wrote, cut out of the body; null where the text does not fit the body, or times fall. */
export function readReads(
  text: string,
  body: Uint8Array<ArrayBuffer>,
  longestUs: number,
): readonly ExchangeChunk[] | null {
  const chunks: ExchangeChunk[] = [];
  let at = 0;
  let lastUs = 0;
  for (const read of text === "" ? [] : text.split(" ")) {
    const match = /^(\d{1,15})\+(\d{1,12})$/.exec(read);
    const us = Number(match?.[1]);
    const length = Number(match?.[2]);
    if (match === null || us < lastUs || us > longestUs || at + length > body.length) return null;
    chunks.push({ us, bytes: body.slice(at, at + length) });
    at += length;
    lastUs = us;
  }
  return at === body.length ? chunks : null;
}
