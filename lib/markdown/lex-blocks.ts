import type { Block } from "./block";
import { BlockStream } from "./block-stream";
import { lex } from "./lexer";
import { LONGEST_DEEP_CONTAINER } from "./limits";
import { toBlocks } from "./to-blocks";

/** Reads a whole text at once. What a block stream shows when it ends is always equal to this. */
export function lexBlocks(text: string): readonly Block[] {
  if (text.length <= LONGEST_DEEP_CONTAINER) return toBlocks(lex(text.replaceAll(/\r\n?/g, "\n"), {}).tokens);
  const stream = new BlockStream();
  stream.append(text);
  stream.finish();
  return stream.closed;
}
