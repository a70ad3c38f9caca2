/** Two texts as what both have and what only one of them has. Pure. */
import { diffArrays } from "diff";

import { diffLines } from "./diff-lines";
import type { DiffPiece } from "./diff-piece";
import { withoutIslands } from "./merge-islands";

export type TextDiff = {
  /** In their order. All but what was added make the first text, all but what was removed the second. */
  readonly pieces: readonly DiffPiece[];
  /** Somewhere the texts differ so much that whole stretches stand for their words. */
  readonly isCoarse: boolean;
};

/** Edits that are looked for at once. Time grows with their square: this many take some tens of ms. */
const MOST_EDITS = 600;
/** Edits that are looked for inside one stretch of lines that differ. */
const MOST_EDITS_IN_STRETCH = 150;
/** Edits that are looked for in all stretches together. */
const MOST_EDITS_IN_ALL = 3_000;

/** The differences of two Markdown texts: by words, and by lines inside blocks of code. Bounded, however they differ. */
export function diffText(first: string, second: string): TextDiff {
  const byWords = diffTokens(tokensOf(first), tokensOf(second), MOST_EDITS);
  if (byWords !== null) return { pieces: withoutIslands(byWords), isCoarse: false };
  return refined(diffLines(linesOf(first), linesOf(second)));
}

/** Looks for words inside lines that were replaced, as long as there are edits left to look for. */
function refined(byLines: readonly DiffPiece[]): TextDiff {
  const pieces: DiffPiece[] = [];
  let left = MOST_EDITS_IN_ALL;
  let isCoarse = false;
  for (let at = 0; at < byLines.length; at += 1) {
    const [piece, next] = [byLines[at], byLines[at + 1]];
    if (piece === undefined) continue;
    if (piece.kind !== "removed" || next?.kind !== "added") {
      pieces.push(piece);
      continue;
    }
    at += 1;
    const most = Math.min(left, MOST_EDITS_IN_STRETCH);
    const inner = diffTokens(tokensOf(piece.text), tokensOf(next.text), most);
    left -= inner === null ? most : inner.filter(({ kind }) => kind !== "same").length;
    isCoarse ||= inner === null;
    pieces.push(...(inner ?? [piece, next]));
  }
  return { pieces: withoutIslands(pieces), isCoarse };
}

/** null where the lists differ in more than `most` places. */
function diffTokens(
  first: readonly string[],
  second: readonly string[],
  most: number,
): readonly DiffPiece[] | null {
  const changes = diffArrays([...first], [...second], { maxEditLength: most });
  if (changes === undefined) return null;
  return changes.map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value.join(""),
  }));
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/u;
/** Words, white space, and every other character by itself. Scripts without spaces go character by character. */
const TOKENS =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}_])+|[^]/gu;

/** What is compared as one: a line of a block of code, otherwise a word. Together they are the text. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  let prose = "";
  let fence: string | null = null;
  const flush = () => {
    // Not spread: a text may have more tokens than a call has room for.
    for (const [token] of prose.matchAll(TOKENS)) tokens.push(token);
    prose = "";
  };
  for (const line of linesOf(text)) {
    const mark: string | null = FENCE.exec(line)?.[1] ?? null;
    if (fence === null) {
      if (mark === null) {
        prose += line;
        continue;
      }
      flush();
      fence = mark;
    } else if (mark !== null && mark.startsWith(fence) && line.trim() === mark) {
      fence = null;
    }
    tokens.push(line);
  }
  flush();
  return tokens;
}
