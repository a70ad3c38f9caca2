import { whenIdleInFrame } from "@/components/markdown/frame-budget";
import { unwatchView, watchView } from "@/components/markdown/near-view";
import { showMarks } from "@/lib/markdown/visible-marks";

import { fillLine, isLong } from "./long-line";
import { TOKEN_CLASSES } from "./token-classes";

/** Up to `CodeChunk.LINES` lines of code in one element. Colors wait until the chunk is near the view. */
export class CodeChunk {
  static readonly LINES = 40;

  #element = document.createElement("span");
  #texts: string[] = [];
  #waiting = new Map<number, readonly number[]>();
  #isNear = false;
  #isPainting = false;
  #painted = 0;

  constructor(parent: Element) {
    this.#element.className = "code-chunk";
    parent.append(this.#element);
    watchView(this.#element, (isNear) => {
      this.#isNear = isNear;
      this.#paintSoon();
    });
  }

  get isFull(): boolean {
    return this.#texts.length >= CodeChunk.LINES;
  }

  /** Adds a finished line, without its newline. */
  append(text: string): void {
    const line = document.createElement("span");
    line.className = "code-line";
    fillLine(line, text);
    this.#element.append(line);
    this.#texts.push(text);
    if (this.isFull) {
      this.#element.dataset["full"] = "";
    }
  }

  /** Takes the colors of a line: lengths and classes in turn. */
  color(line: number, colors: readonly number[]): void {
    this.#waiting.set(line, colors);
    this.#paintSoon();
  }

  /** Lets go of the view. */
  remove(): void {
    unwatchView(this.#element);
    this.#waiting.clear();
  }

  #paintSoon(): void {
    if (!this.#isNear || this.#isPainting || this.#waiting.size === 0) return;
    this.#isPainting = true;
    whenIdleInFrame(() => this.#paint());
  }

  #paint(): void {
    this.#isPainting = false;
    for (const [line, colors] of this.#waiting) {
      const element = this.#element.children[line];
      const text = this.#texts[line];
      if (element && text !== undefined && !isLong(text)) {
        element.replaceChildren(...colored(text, colors));
      }
    }
    this.#painted += this.#waiting.size;
    this.#waiting.clear();
    // Each element that is watched is measured in each frame.
    if (this.#painted >= CodeChunk.LINES) unwatchView(this.#element);
  }
}

function colored(text: string, colors: readonly number[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (let index = 0; index < colors.length; index += 2) {
    const length = colors[index] ?? 0;
    const name = TOKEN_CLASSES[colors[index + 1] ?? 0] ?? "";
    const piece = showMarks(text.slice(at, at + length));
    at += length;
    if (name === "") {
      nodes.push(document.createTextNode(piece));
    } else {
      const span = document.createElement("span");
      span.className = name;
      span.textContent = piece;
      nodes.push(span);
    }
  }
  // Whatever the colors leave out is still part of the line.
  nodes.push(document.createTextNode(showMarks(text.slice(at))));
  return nodes;
}
