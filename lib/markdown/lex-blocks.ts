import type { Block } from "./block";
import { lex } from "./lexer";
import { toBlocks } from "./to-blocks";

/** Reads a whole text at once. What a block stream shows when it ends is always equal to this. */
export function lexBlocks(text: string): Block[] {
  return toBlocks(lex(text.replaceAll(/\r\n?/g, "\n"), {}).tokens);
}
