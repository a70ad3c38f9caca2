import type { Links, Token, Tokens } from "marked";

import type { Block, TableBlock, TableRow } from "./block";
import { toBlock, toBlocks, toRow } from "./to-blocks";

type Lex = (source: string, links: Links) => { readonly tokens: readonly Token[] };

const TWO_LINES = /^[^\n]*\n[^\n]*\n/;

/** Comes before the rows, because a first row without text does not count. */
const FIRST_ROW = "|-|\n";

/** What ends a table: marked counts only spaces as blank. */
const BLANK = /^ *$/;

/**
 * Reads the rows of one table as they arrive: a row is read once, when its line is complete. Rows do not know of each
 * other, so this gives what reading the whole table gives.
 */
export class TableReader {
  #lex: Lex;
  #head: string;
  #table: TableBlock;
  #rows: TableRow[] = [];
  /** Some row has text; rows of which none has any are no rows to marked. */
  #hasText = false;
  #raw: string;
  #line = "";

  private constructor(lex: Lex, head: string, table: TableBlock) {
    this.#lex = lex;
    this.#head = head;
    this.#table = table;
    this.#raw = head;
  }

  /** A reader for the table that `source` starts with, whose first two lines are complete; else null. */
  static open(source: string, lex: Lex, links: Links): TableReader | null {
    const head = TWO_LINES.exec(source)?.[0];
    if (head === undefined) return null;
    const [token] = lex(head, links).tokens;
    const block = isTable(token) && token.raw.trimEnd() === head.trimEnd() ? toBlock(token) : null;
    return block?.type === "table" ? new TableReader(lex, head, block) : null;
  }

  /** Characters of the table's first two lines. */
  get headLength(): number {
    return this.#head.length;
  }

  /** The source read so far, without an unfinished line. */
  get raw(): string {
    return this.#raw;
  }

  /** Takes more text. Returns what follows the table once its last row is known, else null. */
  append(text: string, links: Links): string | null {
    const all = this.#line + text;
    const complete = all.lastIndexOf("\n") + 1;
    this.#line = all.slice(complete);
    const lines = all.slice(0, complete);
    const length = rowsLength(lines);
    const taken = this.#take(lines.slice(0, length), links);
    if (taken === lines.length) return null;
    const rest = lines.slice(taken) + this.#line;
    this.#line = "";
    return rest;
  }

  /** The table as it looks now, with what its unfinished line may become. */
  open(links: Links): readonly Block[] {
    if (BLANK.test(this.#line)) return [this.closed()];
    const { tokens } = this.#lex(this.#head + this.#line, links);
    const [first, ...others] = tokens;
    const rows = isTable(first) ? first.rows.map(toRow) : [];
    const before = this.#hasText || rows.length > 0 ? this.#rows : [];
    return [{ ...this.#table, rows: [...before, ...rows] }, ...toBlocks(others)];
  }

  /** The text ends here: takes a last line without a newline if it is a row. Returns what is no part of the table. */
  end(links: Links): string {
    const line = this.#line;
    this.#line = "";
    return BLANK.test(line) ? line : line.slice(this.#take(line, links));
  }

  /** The table without the unfinished line. */
  closed(): TableBlock {
    return { ...this.#table, rows: this.#hasText ? [...this.#rows] : [] };
  }

  /** Reads lines that may be rows; returns the length of those that are. */
  #take(lines: string, links: Links): number {
    if (lines === "") return 0;
    const before = this.#head + FIRST_ROW;
    const [token] = this.#lex(before + lines, links).tokens;
    if (!isTable(token)) return 0;
    this.#table = { ...this.#table, header: toRow(token.header) };
    for (const row of token.rows.slice(1)) this.#rows.push(toRow(row));
    const covered = withoutNewlines(token.raw).length + 1 - before.length;
    const length = covered >= withoutNewlines(lines).length ? lines.length : covered;
    this.#raw += lines.slice(0, length);
    this.#hasText ||= /\S/.test(lines.slice(0, length));
    return length;
  }
}

function withoutNewlines(text: string): string {
  return text.replace(/\n+$/, "");
}

function isTable(token: Token | undefined): token is Tokens.Table {
  return token?.type === "table";
}

/** The characters before the first blank line. */
function rowsLength(lines: string): number {
  if (/^ *\n/.test(lines)) return 0;
  const blank = lines.search(/\n *\n/);
  return blank < 0 ? lines.length : blank + 1;
}
