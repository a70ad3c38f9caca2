import type { ReasoningPart, TextPart } from "./turn";

type Growing = ReasoningPart | TextPart;

/** What the newest events added to a part's text, and how long it was before them. */
const growths = new WeakMap<Growing, { readonly from: number; readonly text: string }>();

/** Notes that `part` is a part of `from` characters that grew by `text`. What does not add up is not noted. */
export function noteGrowth(part: Growing, from: number, text: string): void {
  if (from + text.length === part.text.length) growths.set(part, { from, text });
}

/**
 * `part.text.slice(length)`, for a text of which the first `length` characters are known. A string that grows piece by
 * piece is copied whole when any of it is looked at, which a long answer would pay in every frame; a noted growth
 * spares that.
 */
export function textSince(part: Growing, length: number): string {
  const growth = growths.get(part);
  return growth?.from === length ? growth.text : part.text.slice(length);
}
