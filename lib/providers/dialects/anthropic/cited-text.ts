import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { amountAt, isObject, listAt } from "@/lib/stream/turn/json-read";

type Piece = { readonly text: string; readonly citations: readonly Json[] };

/**
 * A text part as blocks: one for each stretch with citations, as they came, and one for each between. Text
 * without words is no block of its own, which the API refuses.
 */
export function writeCitedText(text: string, replay: readonly Json[]): readonly JsonObject[] {
  return joinBlank(cut(text, replay)).map(({ text: words, citations }) =>
    citations.length === 0 ? { type: "text", text: words } : { type: "text", text: words, citations },
  );
}

function cut(text: string, replay: readonly Json[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const item of replay) {
    if (!isObject(item)) continue;
    const [start, end, citations] = [
      amountAt(item, "start"),
      amountAt(item, "end"),
      listAt(item, "citations"),
    ];
    if (start === null || end === null || citations === null || start < at || end > text.length) continue;
    pieces.push({ text: text.slice(at, start), citations: [] }, { text: text.slice(start, end), citations });
    at = end;
  }
  return [...pieces, { text: text.slice(at), citations: [] }];
}

/** White space between two citations goes with the first; a text of nothing else is none. */
function joinBlank(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.text.trim() !== "") joined.push(piece);
    else if (last !== undefined) joined[joined.length - 1] = { ...last, text: last.text + piece.text };
  }
  return joined;
}
