/**
 * Where the characters of a text that was drawn lie in its source. Drawing leaves out markup and may add words of its
 * own, so the two are walked side by side, word by word. Pure.
 */

/** A run of letters and digits, or one sign. */
const TOKEN = /[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu;
const WORDY = /[\p{L}\p{N}]/u;

/** How far ahead a word is looked for, in characters of the source. */
const AHEAD = 400;
/** How far apart a word and the one after it may stand in the source, in characters. */
const NEXT_TO = 12;

type Token = { readonly text: string; readonly at: number };

/** For each character of `drawn` its place in `source`, or -1. Places never fall. */
export function alignTexts(source: string, drawn: string): Int32Array {
  const places = new Int32Array(drawn.length).fill(-1);
  const tokens = Array.from(drawn.matchAll(TOKEN), (match): Token => ({ text: match[0], at: match.index }));
  let from = 0;
  for (const [index, token] of tokens.entries()) {
    const at = placeOf(source, from, token, tokens[index + 1]);
    if (at === -1) continue;
    for (let offset = 0; offset < token.text.length; offset += 1) places[token.at + offset] = at + offset;
    from = at + token.text.length;
  }
  return places;
}

/** The next place of a word. Where words are passed over to reach it, the one after it must follow. */
function placeOf(source: string, from: number, token: Token, next: Token | undefined): number {
  for (
    let at = source.indexOf(token.text, from);
    at !== -1 && at - from <= AHEAD;
    at = source.indexOf(token.text, at + 1)
  ) {
    if (!WORDY.test(source.slice(from, at))) return at;
    if (next === undefined) return at;
    const end = at + token.text.length;
    const gap = source.slice(end, end + NEXT_TO + next.text.length).indexOf(next.text);
    if (gap !== -1 && !WORDY.test(source.slice(end, end + gap))) return at;
  }
  return -1;
}

/** The first and last character of `drawn` that lie in a stretch of the source, the end not included; null for none. */
export function drawnRange(
  places: Int32Array,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number } | null {
  let first = -1;
  let last = -1;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? -1;
    if (place < from || place >= to) continue;
    if (first === -1) first = index;
    last = index;
  }
  return first === -1 ? null : { from: first, to: last + 1 };
}

/** The stretch of the source that a stretch of `drawn` came from, the end not included; null for none. */
export function sourceRange(
  places: Int32Array,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number } | null {
  const known = places.subarray(from, to).filter((place) => place >= 0);
  const [first] = known;
  const last = known.at(-1);
  return first === undefined || last === undefined ? null : { from: first, to: last + 1 };
}
