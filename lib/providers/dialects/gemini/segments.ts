import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt, textAt } from "@/lib/stream/turn/json-read";

import type { VisibleText } from "./parts";

/** A stretch of a text part, in UTF-16 offsets of that part. */
export type Place = { readonly id: string; readonly start: number; readonly end: number };

/**
 * Finds segments of an answer. They are told in bytes of its text as UTF-8, all text parts together; where a
 * segment's own words stand elsewhere, the words decide. null: nowhere.
 */
export function openSegments(texts: readonly VisibleText[]): (segment: JsonObject) => Place | null {
  const joined = texts.map(({ text }) => text).join("");
  const offsets = byteOffsets(joined);

  return (segment) => {
    const words = textAt(segment, "text");
    const start = offsets[amountAt(segment, "startIndex") ?? 0] ?? -1;
    const end = offsets[amountAt(segment, "endIndex") ?? -1] ?? -1;
    if (start >= 0 && end > start && (words === null || joined.slice(start, end) === words))
      return placeIn(texts, start, end);
    const found = words === null ? -1 : joined.indexOf(words);
    return words === null || found === -1 ? null : placeIn(texts, found, found + words.length);
  };
}

function placeIn(texts: readonly VisibleText[], start: number, end: number): Place | null {
  let from = 0;
  for (const { id, text } of texts) {
    const to = from + text.length;
    if (start < to) return { id, start: start - from, end: Math.min(end, to) - from };
    from = to;
  }
  return null;
}

const INSIDE = -1;

/** The UTF-16 offset of each byte of the text as UTF-8; −1 for a byte inside a character. */
function byteOffsets(text: string): Int32Array {
  const offsets = new Int32Array(new TextEncoder().encode(text).length + 1).fill(INSIDE);
  let [byte, offset] = [0, 0];
  for (const character of text) {
    offsets[byte] = offset;
    byte += byteLength(character.codePointAt(0) ?? 0);
    offset += character.length;
  }
  offsets[byte] = offset;
  return offsets;
}

function byteLength(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_00_00 ? 3 : 4;
}
