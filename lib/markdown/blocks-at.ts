import { BlockStream } from "./block-stream";
import { lex } from "./lexer";
import { LONGEST_DEEP_CONTAINER } from "./limits";
import { blocksOf } from "./to-blocks";

/**
 * For each offset, in order, the index of the top-level block that contains the character before it. Offsets are UTF-16
 * units of `text`; blocks are indices into `lexBlocks(text)`. Text between two blocks belongs to the first.
 */
export function blocksAt(text: string, offsets: readonly number[]): readonly number[] {
  if (text.length > LONGEST_DEEP_CONTAINER) return blocksInLong(text, offsets);
  const starts = blockStarts(unixLines(text));
  return offsets.map((offset) => {
    const end = unixLines(text.slice(0, Math.max(0, offset))).length;
    return Math.max(
      0,
      starts.findLastIndex((start) => start < end),
    );
  });
}

/** The same without lexing all of it at once; an offset in a block that is still open may get the index of its last part. */
function blocksInLong(text: string, offsets: readonly number[]): readonly number[] {
  const stream = new BlockStream();
  const blocks = new Map<number, number>();
  let read = 0;
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    const end = Math.min(Math.max(read, offset), text.length);
    if (end > read) stream.append(text.slice(read, end));
    read = end;
    blocks.set(offset, Math.max(0, stream.closed.length + stream.open.length - 1));
  }
  return offsets.map((offset) => blocks.get(offset) ?? 0);
}

function blockStarts(source: string): readonly number[] {
  const starts: number[] = [];
  let at = 0;
  for (const token of lex(source, {}).tokens) {
    let start = at;
    for (const block of blocksOf(token)) {
      starts.push(start);
      start += block.type === "plain" ? block.text.length : 0;
    }
    at += token.raw.length;
  }
  return starts;
}

function unixLines(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
