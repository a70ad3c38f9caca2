import type { Json, JsonObject } from "@/lib/stream/json";
import { isObject, listAt, textAt } from "@/lib/stream/json-read";

import { readResponsesCitation } from "./responses-citation";
import { type ItemOut, type ResponsesItem, SILENT_ITEM, warnOfOtherText } from "./responses-item";
import { openToldText, type ToldText } from "./told-text";

type Piece = {
  readonly told: ToldText;
  /** null until there is text: an empty bubble is never shown. */
  partId: string | null;
  isOpen: boolean;
  citations: number;
};

/** A message: each of its content parts is a text part of the answer. */
export function openMessageItem(out: ItemOut): ResponsesItem {
  const pieces = new Map<number, Piece>();
  let isKept = false;

  const pieceAt = (index: number): Piece => {
    const known = pieces.get(index);
    if (known !== undefined) return known;
    const piece: Piece = { told: openToldText(), partId: null, isOpen: false, citations: 0 };
    pieces.set(index, piece);
    return piece;
  };
  const show = (piece: Piece, text: string): void => {
    if (text === "") return;
    if (piece.partId === null) {
      piece.partId = out.nextId("text");
      out.emit({ type: "text-start", id: piece.partId });
    }
    piece.isOpen = true;
    out.emit({ type: "text-delta", id: piece.partId, text });
  };
  const settle = (piece: Piece, whole: string): void => {
    const rest = piece.told.settle(whole);
    if (rest === null) warnOfOtherText(out);
    else show(piece, rest);
  };
  const cite = (piece: Piece, annotation: Json): void => {
    piece.citations += 1;
    const citation = readResponsesCitation(annotation, piece.told.text());
    if (citation !== null && piece.partId !== null)
      out.emit({ type: "citation", id: piece.partId, citation });
  };
  const completePiece = (index: number, content: JsonObject): void => {
    const piece = pieceAt(index);
    settle(piece, textAt(content, "text") ?? textAt(content, "refusal") ?? "");
    for (const annotation of (listAt(content, "annotations") ?? []).slice(piece.citations))
      cite(piece, annotation);
  };
  const endAll = (): void => {
    for (const piece of pieces.values()) {
      if (piece.partId !== null && piece.isOpen) out.emit({ type: "text-end", id: piece.partId });
      piece.isOpen = false;
    }
  };

  return {
    ...SILENT_ITEM,
    grow: ({ index }, text) => {
      const piece = pieceAt(index);
      show(piece, piece.told.add(text));
    },
    settle: ({ index }, text) => settle(pieceAt(index), text),
    cite: ({ index }, annotation) => cite(pieceAt(index), annotation),
    complete: (item) => {
      for (const [index, content] of (listAt(item, "content") ?? []).entries())
        if (isObject(content)) completePiece(index, content);
      endAll();
      const identity = isKept ? null : readIdentity(item);
      if (identity === null) return;
      isKept = true;
      for (const { partId } of pieces.values())
        if (partId !== null) out.emit({ type: "replay", id: partId, item: identity });
    },
    close: endAll,
  };
}

/** What a message must carry when it goes back beside its reasoning: its id and, for models that set one, its phase. */
function readIdentity(item: JsonObject): JsonObject | null {
  const [id, phase] = [textAt(item, "id"), textAt(item, "phase")];
  return id === null ? null : { type: "message", id, ...(phase === null ? {} : { phase }) };
}
