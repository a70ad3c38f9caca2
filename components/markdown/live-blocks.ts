import type { Block } from "@/lib/markdown/block";
import { BlockStream } from "@/lib/markdown/block-stream";
import { type GrowingText, textAfter } from "@/lib/markdown/growing-text";

/** Blocks in one group: large enough that groups stay few, small enough that one is quickly drawn. */
const GROUP = 8;
/** Characters that are read in one go, and the ms in which more of them may follow. The rest waits for the next update. */
const BITE = 16_000;
const BUDGET_MS = 24;
/**
 * Most characters of one update, because what is quickly read still has to be drawn. It grows with what was read before,
 * to an eighth of it: the first thousands of lines of code cost the most to draw, as each is an element.
 */
const MOST = 64_000;
const MOST_SHARE = 8;

/**
 * What is drawn of a text: groups of blocks, the last one still open, and the unread end of a very long block. `isBehind`
 * while some of the text has not been read at all: `update` again, when the page had time for others.
 */
export type DrawnBlocks = {
  readonly text: string;
  readonly groups: readonly (readonly Block[])[];
  readonly pending: string;
  readonly isBehind: boolean;
};

/** The blocks of one text that grows. The same text always gives the same arrays back, so a memo can rely on them. */
export class LiveBlocks {
  #stream = new BlockStream();
  #text = "";
  /** What of the text the stream has not been given. */
  #rest = "";
  #ended = false;
  #revision = 0;
  #full: Block[][] = [];
  #drawn: DrawnBlocks = { text: "", groups: [], pending: "", isBehind: false };

  /** Takes the text so far. What it says of its growth spares a look at all of it; a text that is another restarts. */
  update(growing: GrowingText): DrawnBlocks {
    const { whole: text, from, added, isOpen } = growing;
    const isGrowth = isOpen && added !== "" && from === this.#text.length;
    if (!isGrowth && text === this.#text && isOpen !== this.#ended && this.#rest === "") {
      return this.#drawn;
    }
    // A text that is read in bites comes back unchanged: there is no need to compare its millions of characters again.
    const continues = isGrowth || text === this.#text || text.startsWith(this.#text);
    if (this.#ended || !continues) {
      this.#restart();
    }
    this.#rest += textAfter(growing, this.#text.length);
    this.#text = text;
    const isLate = this.#read();
    // Finishing reads the open block once more. A long text gets a separate update for it.
    if (!isOpen && this.#rest === "" && !(isLate && text.length > BITE)) {
      this.#stream.finish();
      this.#ended = true;
    }
    this.#drawn = this.#draw(isOpen);
    return this.#drawn;
  }

  /** Reads on; returns whether the time is up. */
  #read(): boolean {
    const end = performance.now() + BUDGET_MS;
    const most = Math.min(this.#rest.length, MOST, (this.#text.length - this.#rest.length) / MOST_SHARE);
    let at = 0;
    do {
      this.#stream.append(this.#rest.slice(at, at + BITE));
      at += BITE;
    } while (at < most && performance.now() < end);
    this.#rest = this.#rest.slice(at);
    return performance.now() >= end;
  }

  #restart(): void {
    this.#stream = new BlockStream();
    this.#text = "";
    this.#rest = "";
    this.#ended = false;
    this.#revision = 0;
    this.#full = [];
  }

  #draw(isOpen: boolean): DrawnBlocks {
    const { closed, open, pending, revision } = this.#stream;
    if (revision !== this.#revision) {
      this.#revision = revision;
      this.#full = this.#full.map((group, index) =>
        refreshed(group, closed.slice(index * GROUP, (index + 1) * GROUP)),
      );
    }
    while ((this.#full.length + 1) * GROUP <= closed.length) {
      const start = this.#full.length * GROUP;
      this.#full.push(closed.slice(start, start + GROUP));
    }
    const rest = [...closed.slice(this.#full.length * GROUP), ...open];
    // A new array each time: React compares elements by identity and would miss a change inside the old one.
    const groups = rest.length === 0 ? [...this.#full] : [...this.#full, rest];
    return { text: this.#text, groups, pending, isBehind: this.#rest !== "" || this.#ended === isOpen };
  }
}

function refreshed(group: Block[], now: Block[]): Block[] {
  return group.every((block, index) => block === now[index]) ? group : now;
}
