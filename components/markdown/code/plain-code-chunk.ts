import { showMarks } from "@/lib/markdown/visible-marks";

/** Up to `PlainCodeChunk.LINES` lines of code that get no colors, as one text: an element a line is too much for a million lines. */
export class PlainCodeChunk {
  static readonly LINES = 400;

  #element = document.createElement("span");
  #count = 0;

  constructor(parent: Element) {
    this.#element.className = "code-chunk";
    this.#element.dataset["plain"] = "";
    parent.append(this.#element);
  }

  /** How many more lines it takes. */
  get room(): number {
    return PlainCodeChunk.LINES - this.#count;
  }

  /** Adds finished lines, without newlines, at most as many as there is room for. */
  append(lines: readonly string[]): void {
    const text = showMarks(lines.join("\n"));
    this.#element.append(this.#count === 0 ? text : `\n${text}`);
    this.#count += lines.length;
    if (this.room === 0) this.#element.dataset["full"] = "";
  }
}
