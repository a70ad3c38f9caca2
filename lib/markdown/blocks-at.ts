import { lex } from "./lexer";
import { toBlock } from "./to-blocks";

/**
 * The place of the top-level block that holds the character before each offset, in the order of the offsets. Offsets
 * are UTF-16 units of `text`; places are indices into `lexBlocks(text)`. Text between two blocks belongs to the first.
 */
export function blocksAt(text: string, offsets: readonly number[]): readonly number[] {
  const starts = blockStarts(unixLines(text));
  return offsets.map((offset) => {
    const end = unixLines(text.slice(0, Math.max(0, offset))).length;
    return Math.max(
      0,
      starts.findLastIndex((start) => start < end),
    );
  });
}

function blockStarts(source: string): readonly number[] {
  const starts: number[] = [];
  let at = 0;
  for (const token of lex(source, {}).tokens) {
    if (toBlock(token) !== null) starts.push(at);
    at += token.raw.length;
  }
  return starts;
}

function unixLines(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
