import { unwatchView, watchView } from "@/components/markdown/near-view";
import type { CodeBlock } from "@/lib/markdown/block";

import { CodeChunk } from "./code-chunk";
import { type Coloring, MOST_COLORED, openColoring } from "./highlighter";
import { fillLine, isLong } from "./long-line";
import { PlainCodeChunk } from "./plain-code-chunk";

/**
 * Draws the lines of one code block by hand: a new line costs one element and no other line is touched. Lines stand in
 * chunks, which the browser skips and nobody colors while they are far out of view.
 */
export class CodeLines {
  #root: HTMLElement;
  #text = "";
  #language: string | null = null;
  #chunks: CodeChunk[] = [];
  #partial = document.createElement("span");
  #coloring: Coloring | null = null;
  /** Lines that may get colors, and the element that takes those after them. */
  #count = 0;
  #plain: PlainCodeChunk | null = null;

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
    if (lines.length > 0) {
      this.#append(lines);
      this.#partial.replaceChildren();
    }
    this.#showPartial(partial);
    this.#text = block.text;
  }

  /** Empties the root and gives up the colors that are still on their way. */
  remove(): void {
    this.#coloring?.close();
    this.#coloring = null;
    unwatchView(this.#root);
    for (const chunk of this.#chunks) chunk.remove();
    this.#chunks = [];
    this.#count = 0;
    this.#plain = null;
    this.#partial.replaceChildren();
    this.#root.replaceChildren();
  }

  #restart(language: string): void {
    this.remove();
    this.#text = "";
    this.#language = language;
    const coloring = openColoring(language, (first, colors) => this.#color(first, colors));
    this.#coloring = coloring;
    if (coloring !== null) watchView(this.#root, (isNear) => coloring.want(isNear));
  }

  #append(lines: readonly string[]): void {
    this.#partial.remove();
    const colored = lines.slice(0, Math.max(0, MOST_COLORED - this.#count));
    for (const line of colored) this.#openChunk().append(line);
    this.#coloring?.push(colored);
    this.#count += colored.length;
    for (let at = colored.length; at < lines.length;) at += this.#appendPlain(lines, at);
  }

  #openChunk(): CodeChunk {
    const last = this.#chunks.at(-1);
    if (last && !last.isFull && this.#plain === null) return last;
    const chunk = new CodeChunk(this.#root);
    this.#chunks.push(chunk);
    this.#plain = null;
    return chunk;
  }

  /** Adds one very long line, or as many lines as one element takes; returns how many. */
  #appendPlain(lines: readonly string[], from: number): number {
    if (isLong(lines[from] ?? "")) {
      this.#openChunk().append(lines[from] ?? "");
      return 1;
    }
    if (this.#plain === null || this.#plain.room === 0) this.#plain = new PlainCodeChunk(this.#root);
    const upTo = lines.slice(from, from + this.#plain.room);
    const long = upTo.findIndex(isLong);
    const run = long < 0 ? upTo : upTo.slice(0, long);
    this.#plain.append(run);
    return run.length;
  }

  #showPartial(text: string): void {
    if (text === "") {
      this.#partial.remove();
      return;
    }
    fillLine(this.#partial, text);
    if (!this.#partial.isConnected) this.#root.append(this.#partial);
  }

  #color(first: number, colors: readonly (readonly number[])[]): void {
    for (const [index, color] of colors.entries()) {
      const line = first + index;
      this.#chunks[Math.floor(line / CodeChunk.LINES)]?.color(line % CodeChunk.LINES, color);
    }
  }
}
