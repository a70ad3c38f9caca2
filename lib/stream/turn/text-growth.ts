import type { Part } from "./turn";

/** What the newest events added to a part, and how long it was before them. */
const growths = new WeakMap<Part, { readonly from: number; readonly text: string }>();

/** Notes that a part of `from` characters grew by `text`. What does not add up is not noted. */
export function noteGrowth(part: Part, from: number, text: string): void {
  if (from + text.length === wordsOf(part).length) growths.set(part, { from, text });
}

/**
 * Returns the text after `length`. Slicing a string that was built piece by piece copies all of it, which a long answer
 * would pay in every frame; the noted growth avoids that.
 */
export function textSince(part: Part, length: number): string {
  const growth = growths.get(part);
  return growth?.from === length ? growth.text : wordsOf(part).slice(length);
}

/** What a part is made of as it streams: a call's arguments, the text of the others; "" for what comes whole. */
export function wordsOf(part: Part): string {
  if ("text" in part) return part.text;
  return "input" in part ? part.input : "";
}
