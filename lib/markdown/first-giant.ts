import type { Token } from "marked";

import { LONGEST_BLOCK, LONGEST_CONTAINER } from "./limits";

/** The first block that is too long: its place among the tokens and in the text, and the length it may have. */
export function firstGiant(
  source: string,
  tokens: readonly Token[],
): { readonly index: number; readonly at: number; readonly limit: number } | null {
  if (source.length <= LONGEST_CONTAINER) return null;
  let at = 0;
  for (const [index, { type, raw }] of tokens.entries()) {
    const limit = type === "list" || type === "blockquote" ? LONGEST_CONTAINER : LONGEST_BLOCK;
    if (raw.length > limit)
      return source.startsWith(raw, at) ? { index, at, limit } : { index: 0, at: 0, limit };
    at += raw.length;
  }
  return null;
}
