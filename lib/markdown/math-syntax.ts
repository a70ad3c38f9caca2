import type { TokenizerAndRendererExtension } from "marked";

const BLANK_LINE = /\n[ \t]*\n/;
const BLANK_LINES = /\n(?:[ \t]*\n)+/g;
const FENCE = /(?:^|\n) {0,3}(?:`{3}|~{3})/;
const DISPLAY_START = /\n {0,3}(\$\$(?!\$)|\\\[)|(?<=[^\\])\\\[[ \t]*(?=\n|$)/g;
const OPENER_LINE = /^ {0,3}(\$\$(?!\$)|\\\[)|(?<=[^\\\n])\\\[[ \t]*$/gm;
const DISPLAY_HERE = /^ {0,3}(\$\$(?!\$)|\\\[)/;

// `$` opens before a non-space and closes after one, not before a digit: "$5 and $10" is money.
const DOLLAR = /^\$(?![\s$])((?:\\[^\n]|[^\\$\n])*?(?:\\[^\n]|[^\\$\s]))\$(?![\d$])/;
const DOUBLE_DOLLAR = /^\$\$(?!\$)((?:\\[\s\S]|[^\\$])+?)\$\$/;
const PAREN = /^\\\(((?:(?!\\\))[\s\S])+?)\\\)/;
const BRACKET = /^\\\[((?:(?!\\\])[\s\S])+?)\\\]/;

/** Longest formula, in characters; a longer one stays text. */
const LONGEST = 10_000;

/**
 * Formulas on lines of their own: `$$…$$` and `\[…\]`. They may hold blank lines, but no code fence: an opener is
 * waited for no further than that. `\[` may also end a line of text, where only a formula with a blank line is one of
 * these: any other is a formula inside the line.
 */
export const displayMath: TokenizerAndRendererExtension = {
  name: "displayMath",
  level: "block",
  start(source) {
    const run = firstRun(source);
    const closers = new Map<string, number>();
    for (const match of run.matchAll(DISPLAY_START)) {
      const opener = match[1] ?? "\\[";
      const isAtLineEnd = match[1] === undefined;
      const from = match.index + match[0].length;
      const known = closers.get(opener) ?? -1;
      // Searches for each closer once, so that many openers still cost time proportional to the text.
      const end = known >= from ? known : closerAfter(source, from, opener);
      closers.set(opener, end < 0 ? Number.POSITIVE_INFINITY : end);
      if (!Number.isFinite(end) || end < 0 || !standsAlone(source, from, end)) continue;
      if (!isAtLineEnd) return match.index + 1;
      if (BLANK_LINE.test(source.slice(from, end))) return match.index;
    }
    return undefined;
  },
  tokenizer(source) {
    const match = DISPLAY_HERE.exec(source);
    if (!match) {
      return undefined;
    }
    const from = match[0].length;
    const end = closerAfter(source, from, match[1] ?? "");
    return end >= 0 && standsAlone(source, from, end)
      ? {
          type: "displayMath",
          raw: source.slice(0, lineEnd(source, end)),
          // TeX treats a blank line as the end.
          text: source.slice(from, end).trim().replaceAll(BLANK_LINES, "\n"),
        }
      : undefined;
  },
};

const LINE_END_OPENER = /(?<=[^\\])\\\[[ \t]*$/;

/** Where the first line of `source` ends with the opener of a formula that holds a blank line; -1 where it does not. */
export function formulaAtLineEnd(source: string): number {
  const match = LINE_END_OPENER.exec(source.slice(0, lineEnd(source, 0)));
  if (match === null) return -1;
  const from = match.index + match[0].length;
  const end = closerAfter(source, from, "\\[");
  const isOne = end >= 0 && standsAlone(source, from, end) && BLANK_LINE.test(source.slice(from, end));
  return isOne ? match.index : -1;
}

/**
 * The place in `source` of a line that opens a formula whose end may still come, from `from` up to `to`; -1 where there
 * is none. Until it ends, nothing after it is final.
 */
export function openFormula(source: string, from: number, to: number): number {
  const run = source.slice(from, to);
  if (!run.includes("$$") && !run.includes("\\[")) return -1;
  for (const match of run.matchAll(OPENER_LINE)) {
    const at = from + match.index;
    if (mayStillEnd(source, at + match[0].length, match[1] ?? "\\[")) return at;
  }
  return -1;
}

/** The source so far of the formula whose opener stands at `at`. */
export function formulaSoFar(source: string, at: number): string {
  return source.slice(at).replace(DISPLAY_HERE, "").trim();
}

function mayStillEnd(source: string, from: number, opener: string): boolean {
  return (
    source.length - from <= LONGEST &&
    closerAfter(source, from, opener) < 0 &&
    !FENCE.test(source.slice(from))
  );
}

/** The place of the closer within the length that a formula may have, before any code fence; -1 where there is none. */
function closerAfter(source: string, from: number, opener: string): number {
  const within = source.slice(from, from + LONGEST + 2);
  const fence = within.search(FENCE);
  const end = (fence < 0 ? within : within.slice(0, fence)).indexOf(opener === "$$" ? "$$" : "\\]");
  return end < 0 ? -1 : from + end;
}

/** The text before the first blank line. */
function firstRun(source: string): string {
  const blank = source.search(BLANK_LINE);
  return blank < 0 ? source : source.slice(0, blank);
}

/** Says whether a formula from `from` to its closer at `end` is not empty, not too long and alone on its lines. */
function standsAlone(source: string, from: number, end: number): boolean {
  return (
    end - from <= LONGEST &&
    /\S/.test(source.slice(from, end)) &&
    source.slice(end + 2, lineEnd(source, end)).trim() === ""
  );
}

function lineEnd(source: string, at: number): number {
  const newline = source.indexOf("\n", at);
  return newline < 0 ? source.length : newline;
}

/** Formulas inside a line: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. */
export const inlineMath: TokenizerAndRendererExtension = {
  name: "inlineMath",
  level: "inline",
  start(source) {
    const at = source.search(/\$|\\[([]/);
    return at < 0 ? undefined : at;
  },
  tokenizer(source) {
    const first = source[0];
    if (first !== "$" && first !== "\\") {
      return undefined;
    }
    const head = source.length > LONGEST ? source.slice(0, LONGEST) : source;
    const display = DOUBLE_DOLLAR.exec(head) ?? BRACKET.exec(head);
    const match = display ?? DOLLAR.exec(head) ?? PAREN.exec(head);
    return match
      ? { type: "inlineMath", raw: match[0], text: (match[1] ?? "").trim(), display: display !== null }
      : undefined;
  },
};

const FORMULAS =
  /\$\$[^$]+\$\$|\$(?![\s$])(?:\\[^\n]|[^\\$\n])*?(?:\\[^\n]|[^\\$\s])\$(?![\d$])|\\\((?:(?!\\\))[^\n])+\\\)/g;

/** Hides formulas from the search for emphasis: `_` and `*` in them are TeX. Keeps the length. */
export function maskMath(source: string): string {
  return source.includes("$") || source.includes("\\(")
    ? source.replace(FORMULAS, (formula) => "a".repeat(formula.length))
    : source;
}
