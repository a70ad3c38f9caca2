import { decodeEntities } from "./entities";

/** The opening line of a fenced code block. `length` counts the characters of the line with its newline, if it has one. */
export type Fence = {
  readonly marker: string;
  readonly indent: number;
  readonly language: string;
  readonly length: number;
  /** False while the opening line may still grow. */
  readonly complete: boolean;
};

const OPENING = /^( {0,3})(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)(\n|$)/;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** Reads the fence that `source` starts with, or null. */
export function openFence(source: string): Fence | null {
  const match = OPENING.exec(source);
  if (!match) {
    return null;
  }
  const [all, indent = "", marker = "", info = "", end = ""] = match;
  const language = info.trim().split(/\s/, 1)[0] ?? "";
  return {
    marker,
    indent: indent.length,
    language: decodeEntities(language.replace(ESCAPED, "$1")),
    length: all.length,
    complete: end !== "",
  };
}

/** Says whether `line` (without newline) ends the block that `fence` opened. */
export function closesFence(fence: Fence, line: string): boolean {
  const run = withoutIndent(line, 3).trimEnd();
  return run.length >= fence.marker.length && isRunOf(fence.marker, run);
}

/** Says whether more characters could make `line` a closing fence. */
export function mayCloseFence(fence: Fence, line: string): boolean {
  return isRunOf(fence.marker, withoutIndent(line, 3).trimEnd());
}

/** Removes up to `indent` leading spaces. */
export function withoutIndent(line: string, indent: number): string {
  let start = 0;
  while (start < indent && line[start] === " ") {
    start += 1;
  }
  return start === 0 ? line : line.slice(start);
}

function isRunOf(marker: string, run: string): boolean {
  for (let index = 0; index < run.length; index += 1) {
    if (run[index] !== marker[0]) {
      return false;
    }
  }
  return true;
}

/** A whole fenced block at the start of a text. `length` leaves out the newline after the closing fence. */
export type FencedBlock = {
  readonly fence: Fence;
  readonly text: string;
  readonly closed: boolean;
  readonly length: number;
};

/** Reads a fenced block to its closing fence, or to the end of `source`. */
export function readFence(source: string): FencedBlock | null {
  const fence = openFence(source);
  if (!fence) {
    return null;
  }
  let text = "";
  let at = fence.length;
  while (at < source.length) {
    const newline = source.indexOf("\n", at);
    const end = newline < 0 ? source.length : newline;
    const line = source.slice(at, end);
    if (closesFence(fence, line)) {
      return { fence, text, closed: true, length: end };
    }
    text += withoutIndent(line, fence.indent) + (newline < 0 ? "" : "\n");
    at = end + 1;
  }
  return { fence, text, closed: false, length: source.length };
}
