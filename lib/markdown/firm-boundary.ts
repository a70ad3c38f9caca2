import type { Token } from "marked";

import { openFence } from "./fence";
import { openFormula } from "./math-syntax";

// A link definition or a display formula that may have begun.
const REACHES = /^ {0,3}\[|(?:^|\n)[ \t]*(?:\$\$|\\\[)|\\\[[ \t]*(?:\n|$)/;

const MAY_BE_FORMULA: ReadonlySet<string> = new Set(["paragraph", "heading", "table"]);

/**
 * Finds how much of a lexed tail no further text can change. Returns the number of tokens that are firm and the
 * characters they take; the rest must be read again with what comes.
 *
 * A boundary is firm where nothing before it can reach across it:
 * - after a blank line, unless it follows a list, indented code or HTML, which go on across blank lines: there the
 *   line after it must be known well enough to say that it does not belong to them;
 * - before a fence or an ATX heading whose line is complete, and before a table that follows a text, as they end
 *   whatever stands before them, but for a link definition or a formula, which may go on for several lines and swallow
 *   them.
 */
export function firmBoundary(
  source: string,
  tokens: readonly Token[],
): { readonly count: number; readonly length: number } {
  let firm = { count: 0, length: 0 };
  let at = 0;
  let reaches = false;
  let before: Token | undefined;
  let afterBlank = false;
  for (const [index, token] of tokens.entries()) {
    if (!source.startsWith(token.raw, at)) {
      break;
    }
    const end = at + token.raw.length;
    // A formula may contain blank lines, so nothing after its opener is final until it ends. Its lines may read as a
    // heading or as a table until then.
    if (MAY_BE_FORMULA.has(token.type) && openFormula(source, at, end) >= 0) {
      break;
    }
    if (token.type === "space") {
      const lines = token.raw.lastIndexOf("\n") + 1;
      afterBlank = before !== undefined && holdsBlankLine(before, token);
      if (before && afterBlank && !spansBlankLines(before)) {
        firm = { count: index + 1, length: at + lines };
      }
      reaches &&= !afterBlank;
    } else {
      const isCut = !reaches && (interrupts(source, at) || (isTable(token) && endsBeforeTable(before)));
      if (before && ((afterBlank && startsAnew(source, at)) || isCut)) {
        firm = { count: index, length: at };
      }
      reaches ||= token.type === "def" || REACHES.test(token.raw);
      before = token;
      afterBlank = false;
    }
    at = end;
  }
  return firm;
}

/** A single newline only ends the previous line; spaces after it may still join that line. */
function holdsBlankLine(before: Token, space: Token): boolean {
  const first = before.raw.endsWith("\n") ? 0 : space.raw.indexOf("\n") + 1;
  return space.raw.includes("\n", first);
}

function spansBlankLines(token: Token): boolean {
  return (
    token.type === "list" ||
    token.type === "html" ||
    (token.type === "code" && !("closed" in token && token["closed"] === true))
  );
}

/** After a blank line: says whether the line at `at` is known to be no part of a list or of indented code before it. */
function startsAnew(source: string, at: number): boolean {
  return !/^[\s\d*+-]/.test(source.slice(at, at + 1)) || source.includes("\n", at);
}

/** Once a table has a row, its first two lines can no longer be anything else. */
function isTable(token: Token): boolean {
  return token.type === "table" && token.raw.split("\n", 3).length > 2;
}

function endsBeforeTable(before: Token | undefined): boolean {
  return before?.type === "paragraph" || before?.type === "heading";
}

function interrupts(source: string, at: number): boolean {
  const newline = source.indexOf("\n", at);
  if (newline < 0) {
    return false;
  }
  return (
    /^ {0,3}#{1,6}(?:\s|$)/.test(source.slice(at, newline)) ||
    openFence(source.slice(at, newline + 1)) !== null
  );
}
