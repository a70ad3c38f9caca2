import { showMarks } from "@/lib/markdown/visible-marks";

/** A longer line, in characters, stands in pieces: a browser lays out one run of millions of characters in seconds. */
const LONGEST = 10_000;
const PIECE = 2_000;

/** Says whether a line is drawn in pieces, and has no colors. */
export function isLong(text: string): boolean {
  return text.length > LONGEST;
}

/** Writes `text` into the element of a line, over a shorter version of it where one stands there. */
export function fillLine(element: Element, text: string): void {
  if (!isLong(text)) {
    element.textContent = showMarks(text);
    return;
  }
  if (element.firstElementChild === null) element.textContent = "";
  // The last piece may have been short.
  element.lastElementChild?.remove();
  const pieces = document.createDocumentFragment();
  for (let at = element.childElementCount * PIECE; at < text.length; at += PIECE) {
    const piece = document.createElement("span");
    piece.className = "code-piece";
    piece.textContent = showMarks(text.slice(at, at + PIECE));
    pieces.append(piece);
  }
  element.append(pieces);
}
