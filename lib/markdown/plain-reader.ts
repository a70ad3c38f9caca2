import type { PlainBlock } from "./block";

/** Characters in one piece of plain text: quickly laid out, and few enough pieces even for the longest answer. */
const PIECE = 8_000;
/** What must be known after a piece before it is cut, so that the place of the cut depends on the text alone. */
const LOOKAHEAD = 256;

const BLANK_LINE = /\n[ \t]{0,200}\n/g;

/** Cuts a whole text into pieces of plain text, at line ends where there are some. The pieces joined are the text. */
export function plainPieces(text: string, note: string | null): readonly PlainBlock[] {
  const pieces: PlainBlock[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.length - at <= PIECE ? text.length : at + pieceLength(text.slice(at, at + PIECE + 1));
    pieces.push({ type: "plain", text: text.slice(at, end), note: at === 0 ? note : null });
    at = end;
  }
  return pieces;
}

/** Takes text that is not read as Markdown up to a blank line; costs time in proportion to what is new. */
export class PlainReader {
  #rest = "";
  #note: string | null;
  /** Characters that are plain whatever they hold. */
  #least: number;

  constructor(least: number, note: string | null) {
    this.#least = least;
    this.#note = note;
  }

  /**
   * Takes more text. Gives the pieces that are complete, and once the blank line has come the text from its second
   * newline on, else null.
   */
  append(text: string): { readonly pieces: readonly PlainBlock[]; readonly rest: string | null } {
    this.#rest += text;
    BLANK_LINE.lastIndex = Math.max(0, this.#least);
    const blank = BLANK_LINE.exec(this.#rest);
    if (blank !== null) {
      const rest = this.#rest.slice(blank.index + 1);
      this.#rest = this.#rest.slice(0, blank.index);
      return { pieces: this.ended(), rest };
    }
    const pieces: PlainBlock[] = [];
    while (this.#rest.length > PIECE + LOOKAHEAD) {
      const length = pieceLength(this.#rest.slice(0, PIECE + 1));
      pieces.push(this.#take(length));
    }
    return { pieces, rest: null };
  }

  /** What has come of the piece that may still grow. */
  open(): readonly PlainBlock[] {
    return plainPieces(this.#rest, this.#note);
  }

  /** The last pieces when the text ends here. */
  ended(): readonly PlainBlock[] {
    const pieces = plainPieces(this.#rest, this.#note);
    this.#rest = "";
    return pieces;
  }

  #take(length: number): PlainBlock {
    const piece = { type: "plain", text: this.#rest.slice(0, length), note: this.#note } as const;
    this.#rest = this.#rest.slice(length);
    this.#least -= length;
    this.#note = null;
    return piece;
  }
}

/** Where to cut: after the last line end in the second half, else at a whole character. */
function pieceLength(text: string): number {
  const newline = text.lastIndexOf("\n", PIECE - 1);
  if (newline >= PIECE / 2) return newline + 1;
  const code = text.charCodeAt(PIECE - 1);
  return code >= 0xd800 && code <= 0xdbff ? PIECE - 1 : PIECE;
}
