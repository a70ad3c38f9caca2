import type { Links, Token } from "marked";

import type { Block } from "./block";
import { openFence } from "./fence";
import { FenceReader } from "./fence-reader";
import { firmBoundary } from "./firm-boundary";
import { lex } from "./lexer";
import { labelsOf, References } from "./references";
import { toBlock, toBlocks } from "./to-blocks";

/** A tail longer than this, in characters, is read again only after it grew by a part of its length. */
const LONG_TAIL = 16_000;
const GROWTH = 32;

/**
 * Markdown that arrives bit by bit. Only the tail that more text may still change is read again; everything before it
 * is closed: the same objects at the same places for good. The one exception is a link reference whose definition
 * comes later: the block that names it is replaced once the definition is closed, and `revision` counts up.
 *
 * After `finish()`, `closed` equals `lexBlocks` of the whole text, however the text was cut.
 */
export class BlockStream {
  #closed: Block[] = [];
  #open: readonly Block[] = [];
  #pending = "";
  #revision = 0;

  #links: Links = emptyLinks();
  #references = new References();
  #tail = "";
  #read = 0;
  #fence: FenceReader | null = null;
  #carriageReturn = false;

  /** Blocks that stay as they are. The array itself grows in place. */
  get closed(): readonly Block[] {
    return this.#closed;
  }

  /** Blocks of the tail as they look now; new objects after every append. */
  get open(): readonly Block[] {
    return this.#open;
  }

  /** The end of a very long tail that has not been read yet, to be shown as plain text after `open`. */
  get pending(): string {
    return this.#pending;
  }

  /** Counts the times that closed blocks were replaced. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes more text; costs time in proportion to it and to the open tail. */
  append(delta: string): void {
    this.#advance(this.#unixLines(delta), false);
  }

  /** The text ends here: closes every block. */
  finish(): void {
    this.#advance(this.#carriageReturn ? "\n" : "", true);
    this.#carriageReturn = false;
  }

  #unixLines(delta: string): string {
    let text = this.#carriageReturn ? `\r${delta}` : delta;
    this.#carriageReturn = text.endsWith("\r");
    if (this.#carriageReturn) {
      text = text.slice(0, -1);
    }
    return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
  }

  #advance(text: string, end: boolean): void {
    let rest: string | null = text;
    while (rest !== null) {
      rest = this.#fence ? this.#readFence(this.#fence, rest, end) : this.#readTail(rest, end);
    }
    this.#reread(end);
  }

  /** Inside a fence: returns the text after it, or null when it takes all. */
  #readFence(fence: FenceReader, text: string, end: boolean): string | null {
    const rest = fence.append(text);
    if (rest === null && !end) {
      this.#open = [fence.open()];
      return null;
    }
    this.#closed.push(rest === null ? fence.ended() : fence.closed());
    this.#open = [];
    this.#fence = null;
    return rest;
  }

  /** Outside fences: returns the text inside a fence that was found, or null when there is none. */
  #readTail(text: string, end: boolean): string | null {
    this.#tail += text;
    this.#pending = "";
    const entered = this.#enterFence();
    if (entered !== null) {
      return entered;
    }
    if (!end && this.#tail.length > LONG_TAIL && this.#tail.length < this.#read + this.#read / GROWTH) {
      this.#pending = this.#tail.slice(this.#read);
      return null;
    }
    const { tokens, links } = lex(this.#tail, this.#links);
    const firm = end ? { count: tokens.length, length: this.#tail.length } : firmBoundary(this.#tail, tokens);
    this.#close(tokens.slice(0, firm.count), links);
    this.#tail = this.#tail.slice(firm.length);
    this.#read = this.#tail.length;
    const inside = firm.count > 0 ? this.#enterFence() : null;
    this.#open = inside === null ? toBlocks(tokens.slice(firm.count)) : [];
    return inside;
  }

  #enterFence(): string | null {
    const fence = openFence(this.#tail);
    if (!fence?.complete) {
      return null;
    }
    const inside = this.#tail.slice(fence.length);
    this.#fence = new FenceReader(fence);
    this.#tail = "";
    this.#read = 0;
    return inside;
  }

  #close(tokens: readonly Token[], links: Links): void {
    this.#learn(tokens);
    const unsure = Object.keys(links).filter((label) => !(label in this.#links));
    for (const token of tokens) {
      const block = toBlock(token);
      if (!block) {
        continue;
      }
      const index = this.#closed.push(block) - 1;
      if (token.type === "code") {
        continue;
      }
      this.#references.watch(index, token.raw, this.#links);
      if (unsure.some((label) => labelsOf(token.raw).has(label))) {
        this.#references.doubt(index, token.raw);
      }
    }
  }

  /** Takes over the link definitions of closed tokens, also those inside quotes and lists; the first of a label wins. */
  #learn(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.type === "def") {
        const { tag, href, title } = token;
        if (!(tag in this.#links)) {
          this.#links[tag] = { href, title };
          this.#references.explain(tag);
        }
      } else if (token.type === "blockquote") {
        this.#learn(token.tokens ?? []);
      } else if (token.type === "list") {
        for (const item of token["items"]) {
          this.#learn(item.tokens);
        }
      }
    }
  }

  #reread(end: boolean): void {
    const stale = this.#references.takeStale(end);
    for (const [index, source] of stale) {
      const [block] = toBlocks(lex(source, this.#links).tokens);
      if (block) {
        this.#closed[index] = block;
      }
    }
    this.#revision += stale.length > 0 ? 1 : 0;
  }
}

function emptyLinks(): Links {
  return Object.assign(Object.create(null), {});
}
