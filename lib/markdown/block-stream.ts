import type { Links, Token } from "marked";

import type { Block } from "./block";
import { openFence } from "./fence";
import { FenceReader } from "./fence-reader";
import { firmBoundary } from "./firm-boundary";
import { firstGiant } from "./first-giant";
import { lex } from "./lexer";
import { LONGEST_BLOCK } from "./limits";
import { formulaSoFar, openFormula } from "./math-syntax";
import { PlainReader } from "./plain-reader";
import { labelsOf, References } from "./references";
import { TableReader } from "./table-reader";
import { blocksOf, toBlocks } from "./to-blocks";

/** A tail longer than this, in characters, is read again only after it grew by a part of its length. */
const LONG_TAIL = 16_000;
const GROWTH = 32;
/** Reading a longer tail again can cost a tenth of a second each time. */
const VERY_LONG_TAIL = 48_000;
const LARGE_GROWTH = 8;
/** The most characters to lex at once, so that no long text is ever lexed whole. */
const BITE = 32_000;
/** The longest block that is read again for a definition that came after it. */
const LONGEST_REREAD = 100_000;

const TOO_LONG = "Too long to format, so it is shown as plain text.";
const UNREADABLE = "Vitrine could not format this part, so it is shown as plain text.";

type Lexed = { readonly tokens: readonly Token[]; readonly links: Links };
type Reader =
  | { readonly kind: "fence"; readonly fence: FenceReader }
  | { readonly kind: "table"; readonly table: TableReader }
  | { readonly kind: "plain"; readonly plain: PlainReader };

/**
 * Markdown that arrives bit by bit. Only the tail that more text may still change is read again; everything before it
 * is closed: the same objects at the same places for good. The one exception is a link reference whose definition
 * comes later: the block that names it is replaced once the definition is closed, and `revision` counts up.
 *
 * What is closed after `finish()` depends on the text alone, however it was cut. A block of more than about a million
 * characters, and one that the lexer fails on, is plain text up to a blank line.
 */
export class BlockStream {
  #closed: Block[] = [];
  /** Built on demand: after several appends in a row, only the last one is drawn. */
  #open: readonly Block[] | (() => readonly Block[]) = [];
  #pending = "";
  #revision = 0;

  #lex: typeof lex;
  #links: Links = emptyLinks();
  #references = new References();
  #tail = "";
  #read = 0;
  #reader: Reader | null = null;
  #carriageReturn = false;

  /** `read` is how tokens are made. */
  constructor(read: typeof lex = lex) {
    this.#lex = read;
  }

  /** Blocks that stay as they are. The array itself grows in place. */
  get closed(): readonly Block[] {
    return this.#closed;
  }

  /** Blocks of the tail as they look now; new objects after every append. */
  get open(): readonly Block[] {
    if (typeof this.#open === "function") this.#open = this.#open();
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

  /** Appends text. The cost is proportional to the new text and the open tail. */
  append(delta: string): void {
    const text = this.#unixLines(delta);
    for (let at = 0; at < text.length; at += BITE) this.#advance(text.slice(at, at + BITE), false);
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
      rest = this.#reader === null ? this.#readTail(rest, end) : this.#readOn(this.#reader, rest, end);
    }
    this.#reread(end);
  }

  /**
   * Passes text to the block being read. Returns the text after that block, or null when the block consumes all of it.
   */
  #readOn(reader: Reader, text: string, end: boolean): string | null {
    switch (reader.kind) {
      case "fence":
        return this.#readFence(reader.fence, text, end);
      case "table":
        return this.#readTable(reader.table, text, end);
      case "plain":
        return this.#readPlain(reader.plain, text, end);
    }
  }

  #readFence(fence: FenceReader, text: string, end: boolean): string | null {
    const rest = fence.append(text);
    if (rest === null && !end) {
      this.#open = () => [fence.open()];
      return null;
    }
    return this.#leave(rest === null ? fence.ended() : fence.closed(), rest);
  }

  #readTable(table: TableReader, text: string, end: boolean): string | null {
    const rest = table.append(text, this.#links);
    if (rest === null && !end) {
      this.#open = () => table.open(this.#links);
      return null;
    }
    const after = rest ?? table.end(this.#links);
    const index = this.#closed.length;
    if (table.raw.length <= LONGEST_REREAD) this.#references.watch(index, table.raw, this.#links);
    // An empty rest at the end of the text: nothing is left to read.
    return this.#leave(table.closed(), after === "" && end ? null : after);
  }

  #readPlain(plain: PlainReader, text: string, end: boolean): string | null {
    const { pieces, rest } = plain.append(text);
    this.#closed.push(...pieces);
    if (rest === null && !end) {
      this.#open = () => plain.open();
      return null;
    }
    this.#closed.push(...plain.ended());
    this.#open = [];
    this.#reader = null;
    return rest;
  }

  #leave(block: Block, rest: string | null): string | null {
    this.#closed.push(block);
    this.#open = [];
    this.#reader = null;
    return rest;
  }

  /** Outside of such a block: returns the text inside one that was found, or null when there is none. */
  #readTail(text: string, end: boolean): string | null {
    this.#tail += text;
    this.#pending = "";
    const entered = this.#enterFence();
    if (entered !== null) {
      return entered;
    }
    if (!end && this.#tail.length > LONG_TAIL && this.#tail.length < this.#read + this.#growth()) {
      this.#pending = this.#tail.slice(this.#read);
      return null;
    }
    const lexed = this.#tryLex(this.#tail, this.#links);
    if (lexed === null) return this.#enterPlain(0, UNREADABLE);
    const { tokens, links } = lexed;
    const giant = firstGiant(this.#tail, tokens);
    if (giant !== null) {
      this.#close(tokens.slice(0, giant.index), links);
      this.#tail = this.#tail.slice(giant.at);
      return this.#enterPlain(giant.limit, TOO_LONG);
    }
    const firm = end ? { count: tokens.length, length: this.#tail.length } : this.#firm(tokens);
    this.#close(tokens.slice(0, firm.count), links);
    this.#tail = this.#tail.slice(firm.length);
    this.#read = this.#tail.length;
    const inside = this.#enterFence() ?? this.#enterTable(tokens[firm.count]);
    const [tail, rest] = [this.#tail, tokens.slice(firm.count)];
    this.#open = inside === null ? () => this.#openBlocks(tail, rest, end) : [];
    return inside;
  }

  /** The blocks of a tail; a formula that may still end is one from its start, so that it does not change its looks. */
  #openBlocks(tail: string, tokens: readonly Token[], end: boolean): readonly Block[] {
    let at = 0;
    for (const [index, { type, raw }] of tokens.entries()) {
      const opener = !end && type === "paragraph" ? openFormula(tail, at, at + raw.length) : -1;
      if (opener >= 0) {
        const before = this.#tryLex(tail.slice(at, opener), this.#links)?.tokens ?? [];
        const formula = { type: "math", text: formulaSoFar(tail, opener), open: true } as const;
        return [...toBlocks(tokens.slice(0, index)), ...toBlocks(before), formula];
      }
      at += raw.length;
    }
    return toBlocks(tokens);
  }

  /** By how much a long tail must grow before it is read again. */
  #growth(): number {
    return this.#read / (this.#read > VERY_LONG_TAIL ? LARGE_GROWTH : GROWTH);
  }

  /** What no further text can change. A million characters later nothing changes but the last block. */
  #firm(tokens: readonly Token[]): { readonly count: number; readonly length: number } {
    const firm = firmBoundary(this.#tail, tokens);
    const last = tokens.at(-1);
    if (this.#tail.length - firm.length <= LONGEST_BLOCK || !last || !this.#tail.endsWith(last.raw))
      return firm;
    return { count: tokens.length - 1, length: this.#tail.length - last.raw.length };
  }

  /** Tokens, or null where the lexer fails. */
  #tryLex(source: string, links: Links): Lexed | null {
    try {
      return this.#lex(source, links);
    } catch {
      return null;
    }
  }

  #enterFence(): string | null {
    const fence = openFence(this.#tail);
    if (!fence?.complete) {
      return null;
    }
    return this.#enter({ kind: "fence", fence: new FenceReader(fence) }, fence.length);
  }

  #enterTable(first: Token | undefined): string | null {
    // Its head may be the beginning of a formula.
    if (first?.type !== "table" || openFormula(this.#tail, 0, first.raw.length) >= 0) return null;
    const table = TableReader.open(this.#tail, this.#lexRows, this.#links);
    return table && this.#enter({ kind: "table", table }, table.headLength);
  }

  /** Rows that the lexer fails on end the table. */
  #lexRows = (source: string, links: Links): Lexed => this.#tryLex(source, links) ?? { tokens: [], links };

  #enterPlain(least: number, note: string): string {
    return this.#enter({ kind: "plain", plain: new PlainReader(least, note) }, 0);
  }

  /** Gives the tail to a reader, from `length` on. */
  #enter(reader: Reader, length: number): string {
    const inside = this.#tail.slice(length);
    this.#reader = reader;
    this.#tail = "";
    this.#read = 0;
    return inside;
  }

  #close(tokens: readonly Token[], links: Links): void {
    this.#learn(tokens);
    const unsure = Object.keys(links).filter((label) => !(label in this.#links));
    for (const token of tokens) {
      const blocks = blocksOf(token);
      const index = this.#closed.length;
      this.#closed.push(...blocks);
      if (blocks.length !== 1 || token.type === "code" || token.raw.length > LONGEST_REREAD) {
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
      const [block] = toBlocks(this.#tryLex(source, this.#links)?.tokens ?? []);
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
