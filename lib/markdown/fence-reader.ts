import type { CodeBlock } from "./block";
import { closesFence, type Fence, mayCloseFence, withoutIndent } from "./fence";

/** Reads the inside of one fenced block as it arrives; costs time in proportion to what is new. */
export class FenceReader {
  #fence: Fence;
  #text = "";
  #line = "";

  constructor(fence: Fence) {
    this.#fence = fence;
  }

  /** Takes more text. Returns what follows the block once its closing line is complete, else null. */
  append(text: string): string | null {
    let at = 0;
    for (let newline = text.indexOf("\n"); newline >= 0; newline = text.indexOf("\n", at)) {
      const line = this.#line + text.slice(at, newline);
      this.#line = "";
      at = newline + 1;
      if (closesFence(this.#fence, line)) {
        return text.slice(at);
      }
      this.#text += `${withoutIndent(line, this.#fence.indent)}\n`;
    }
    this.#line += text.slice(at);
    return null;
  }

  /** The block so far. A last line that may become the closing fence is held back. */
  open(): CodeBlock {
    return this.#block(mayCloseFence(this.#fence, this.#line) ? "" : this.#line, false);
  }

  /** The block after its closing line. */
  closed(): CodeBlock {
    return this.#block("", true);
  }

  /** The block when the text ends here. */
  ended(): CodeBlock {
    return closesFence(this.#fence, this.#line) ? this.#block("", true) : this.#block(this.#line, false);
  }

  #block(line: string, closed: boolean): CodeBlock {
    const text = this.#text + withoutIndent(line, this.#fence.indent);
    return { type: "code", language: this.#fence.language, text, closed };
  }
}
