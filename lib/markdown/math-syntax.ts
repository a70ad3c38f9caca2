import type { TokenizerAndRendererExtension } from "marked";

const BLANK_LINE = /\n[ \t]*\n/;
const DISPLAY_START = /\n {0,3}(\$\$(?!\$)|\\\[)/g;
const DISPLAY_HERE = /^ {0,3}(\$\$(?!\$)|\\\[)/;

// `$` opens before a non-space and closes after one, not before a digit: "$5 and $10" is money.
const DOLLAR = /^\$(?![\s$])((?:\\[^\n]|[^\\$\n])*?(?:\\[^\n]|[^\\$\s]))\$(?![\d$])/;
const DOUBLE_DOLLAR = /^\$\$(?!\$)((?:\\[\s\S]|[^\\$])+?)\$\$/;
const PAREN = /^\\\(((?:(?!\\\))[\s\S])+?)\\\)/;
const BRACKET = /^\\\[((?:(?!\\\])[\s\S])+?)\\\]/;

/** Longest formula, in characters; a longer one stays text. */
const LONGEST = 10_000;

/**
 * Formulas on lines of their own: `$$…$$` and `\[…\]`. They hold no blank line: TeX forbids one, and what was read
 * as a paragraph up to a blank line can then never turn into a formula later.
 */
export const displayMath: TokenizerAndRendererExtension = {
  name: "displayMath",
  level: "block",
  start(source) {
    const run = firstRun(source);
    const closers = new Map<string, number>();
    for (const match of run.matchAll(DISPLAY_START)) {
      const opener = match[1] ?? "";
      const from = match.index + match[0].length;
      const closer = closers.get(opener) ?? -1;
      // Each closer is looked for once, so that many openers cost no more than the text is long.
      const end = closer >= from ? closer : run.indexOf(closerOf(opener), from);
      closers.set(opener, end < 0 ? Number.POSITIVE_INFINITY : end);
      if (Number.isFinite(end) && end >= 0 && standsAlone(run, from, end)) {
        return match.index + 1;
      }
    }
    return undefined;
  },
  tokenizer(source) {
    const match = DISPLAY_HERE.exec(source);
    if (!match) {
      return undefined;
    }
    const run = firstRun(source);
    const from = match[0].length;
    const end = run.indexOf(closerOf(match[1] ?? ""), from);
    return end >= 0 && standsAlone(run, from, end)
      ? { type: "displayMath", raw: run.slice(0, lineEnd(run, end)), text: run.slice(from, end).trim() }
      : undefined;
  },
};

/** The text before the first blank line. */
function firstRun(source: string): string {
  const blank = source.search(BLANK_LINE);
  return blank < 0 ? source : source.slice(0, blank);
}

function closerOf(opener: string): string {
  return opener === "$$" ? "$$" : "\\]";
}

/** Says whether a formula from `from` to its closer at `end` is not empty, not too long and alone on its lines. */
function standsAlone(run: string, from: number, end: number): boolean {
  return (
    end - from <= LONGEST &&
    /\S/.test(run.slice(from, end)) &&
    run.slice(end + 2, lineEnd(run, end)).trim() === ""
  );
}

function lineEnd(run: string, at: number): number {
  const newline = run.indexOf("\n", at);
  return newline < 0 ? run.length : newline;
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
