import type { Token } from "marked";

import { LONGEST_BLOCK, LONGEST_CONTAINER, LONGEST_DEEP_CONTAINER } from "./limits";

/** A line that starts a list item or quote many levels deep, judged by its markers or its indent. Only a complete line counts. */
const DEEP_LINE =
  /^(?:(?:[ \t]{0,8}(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){12}|[ \t]{48,}(?:[*+-]|\d{1,9}[.)])[ \t])[^\n]*\n/m;

/** The first block that is too long: its place among the tokens and in the text, and the length it may have. */
export function firstGiant(
  source: string,
  tokens: readonly Token[],
): { readonly index: number; readonly at: number; readonly limit: number } | null {
  if (source.length <= LONGEST_DEEP_CONTAINER) return null;
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const limit = longest(token);
    if (token.raw.length > limit)
      return source.startsWith(token.raw, at) ? { index, at, limit } : { index: 0, at: 0, limit };
    at += token.raw.length;
  }
  return null;
}

/** The length that a block may have, in characters. */
function longest({ type, raw }: Token): number {
  if (type !== "list" && type !== "blockquote") return LONGEST_BLOCK;
  return raw.length > LONGEST_DEEP_CONTAINER && DEEP_LINE.test(raw)
    ? LONGEST_DEEP_CONTAINER
    : LONGEST_CONTAINER;
}
