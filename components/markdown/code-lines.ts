import type { CodeBlock } from "@/lib/markdown/block";
import { showMarks } from "@/lib/markdown/visible-marks";

import { CodeChunk } from "./code-chunk";
import { type Colouring, openColouring } from "./highlighter";
import { unwatchView, watchView } from "./near-view";

/**
 * Draws the lines of one code block by hand: a new line costs one element and no other line is touched. Lines stand in
 * chunks, which the browser skips and nobody colours while they are far out of view.
 */
export class CodeLines {
  #root: HTMLElement;
  #text = "";
  #language: string | null = null;
  #chunks: CodeChunk[] = [];
  #partial = document.createElement("span");
  #colouring: Colouring | null = null;

  /** Takes over the children of `root`. */
  constructor(root: HTMLElement) {
    this.#root = root;
    this.#partial.className = "code-line";
  }

  /** Shows `block`; where its text continues the one shown, only what is new is drawn. */
  update(block: CodeBlock): void {
    if (block.language !== this.#language || !block.text.startsWith(this.#text))
      this.#restart(block.language);
    // From the start of the unfinished line on, so that it is seen whole once it ends.
    const from = this.#text.lastIndexOf("\n") + 1;
    const lines = block.text.slice(from).split("\n");
    const partial = lines.pop() ?? "";
    if (lines.length > 0) this.#append(lines);
    this.#showPartial(partial);
    this.#text = block.text;
  }

  /** Empties the root and gives up the colours that are still on their way. */
  remove(): void {
    this.#colouring?.close();
    this.#colouring = null;
    unwatchView(this.#root);
    for (const chunk of this.#chunks) chunk.remove();
    this.#chunks = [];
    this.#root.replaceChildren();
  }

  #restart(language: string): void {
    this.remove();
    this.#text = "";
    this.#language = language;
    const colouring = openColouring(language, (first, colours) => this.#colour(first, colours));
    this.#colouring = colouring;
    if (colouring !== null) watchView(this.#root, (isNear) => colouring.want(isNear));
  }

  #append(lines: readonly string[]): void {
    this.#partial.remove();
    for (const line of lines) this.#openChunk().append(line);
    this.#colouring?.push(lines);
  }

  #openChunk(): CodeChunk {
    const last = this.#chunks.at(-1);
    if (last && !last.isFull) return last;
    const chunk = new CodeChunk(this.#root);
    this.#chunks.push(chunk);
    return chunk;
  }

  #showPartial(text: string): void {
    if (text === "") {
      this.#partial.remove();
      return;
    }
    this.#partial.textContent = showMarks(text);
    if (!this.#partial.isConnected) this.#root.append(this.#partial);
  }

  #colour(first: number, colours: readonly (readonly number[])[]): void {
    for (const [index, colour] of colours.entries()) {
      const line = first + index;
      this.#chunks[Math.floor(line / CodeChunk.LINES)]?.colour(line % CodeChunk.LINES, colour);
    }
  }
}
