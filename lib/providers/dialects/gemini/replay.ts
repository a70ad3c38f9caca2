/**
 * What a part keeps so that it can go back as it came. A signature of a call is `{thoughtSignature}`; one of a
 * stretch of text is `{thoughtSignature, start, end}` in UTF-16 offsets of the part's text, because pieces with
 * and without signatures must not be joined; any other item is a whole part of the wire that followed.
 */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { amountAt, isObject, textAt } from "@/lib/stream/turn/json-read";

export type SignedSpan = { readonly signature: string; readonly start: number; readonly end: number };

/** The signature of a call itself; null where it came without one. */
export function signatureOf(replay: readonly Json[]): string | null {
  for (const item of replay) {
    const signature = isObject(item) && isBare(item) ? textAt(item, "thoughtSignature") : null;
    if (signature !== null) return signature;
  }
  return null;
}

/** The signed stretches of a text, in order; those that do not fit in it or into each other are left out. */
export function spansOf(replay: readonly Json[], length: number): readonly SignedSpan[] {
  let from = 0;
  return replay.flatMap((item) => {
    const span = isObject(item) ? readSpan(item) : null;
    if (span === null || span.start < from || span.end < span.start || span.end > length) return [];
    from = span.end;
    return [span];
  });
}

/** The whole parts of the wire that followed. */
export function wholeParts(replay: readonly Json[]): readonly JsonObject[] {
  return replay.filter((item) => isObject(item)).filter((item) => !isBare(item) && readSpan(item) === null);
}

function readSpan(item: JsonObject): SignedSpan | null {
  const signature = textAt(item, "thoughtSignature");
  const [start, end] = [amountAt(item, "start"), amountAt(item, "end")];
  return signature === null || start === null || end === null ? null : { signature, start, end };
}

function isBare(item: JsonObject): boolean {
  return Object.keys(item).every((key) => key === "thoughtSignature");
}
