import { openToldText, type ToldText } from "@/lib/providers/dialects/shared/told-text";
import { NO_FIELDS, saysSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { TextPhase } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, textAt } from "@/lib/stream/turn/json-read";

import { readResponsesCitation } from "./citation";
import { type ItemOut, type ResponsesItem, SILENT_ITEM, warnOfOtherText } from "./item";
import { nameUnknownOfPiece } from "./known-fields";

type Piece = {
  readonly told: ToldText;
  /** null until there is text: an empty bubble is never shown. */
  partId: string | null;
  isOpen: boolean;
  citations: number;
  /** What it was announced with. */
  announced: string;
};

/** A message: each of its content parts is a text part of the answer. */
export function openMessageItem(out: ItemOut, added: JsonObject): ResponsesItem {
  let phase = readPhase(added);
  const pieces = new Map<number, Piece>();
  /** Parts for content of types that are not known here. */
  const unknown = new Map<number, string>();
  let isKept = false;

  const pieceAt = (index: number): Piece => {
    const known = pieces.get(index);
    if (known !== undefined) return known;
    const piece: Piece = { told: openToldText(), partId: null, isOpen: false, citations: 0, announced: "" };
    pieces.set(index, piece);
    return piece;
  };
  const show = (piece: Piece, text: string): void => {
    if (text === "") return;
    if (piece.partId === null) {
      piece.partId = out.nextId("text");
      out.emit({ type: "text-start", id: piece.partId, ...(phase === null ? {} : { phase }) });
    }
    piece.isOpen = true;
    out.emit({ type: "text-delta", id: piece.partId, text });
  };
  const settle = (piece: Piece, whole: string): void => {
    const rest = piece.told.settle(whole);
    if (rest === null) warnOfOtherText(out, whole);
    else show(piece, rest);
  };
  const cite = (piece: Piece, annotation: Json): void => {
    piece.citations += 1;
    const citation = readResponsesCitation(annotation, piece.told.text());
    if (citation === null) out.nameUnknown("output_text", { annotation }, NO_FIELDS);
    else if (piece.partId !== null) out.emit({ type: "citation", id: piece.partId, citation });
  };
  const showUnknown = (index: number, content: JsonObject): void => {
    if (!saysSomething(content)) return;
    const id = unknown.get(index) ?? out.nextId("unknown");
    unknown.set(index, id);
    const name = textAt(content, "type") ?? "content without a type";
    out.emit({ type: "unknown-part", id, name, json: content });
  };
  const completePiece = (index: number, content: JsonObject): void => {
    if (!nameUnknownOfPiece(content, out.nameUnknown)) return showUnknown(index, content);
    const piece = pieceAt(index);
    settle(piece, textAt(content, "text") ?? textAt(content, "refusal") ?? "");
    for (const annotation of (listAt(content, "annotations") ?? []).slice(piece.citations))
      cite(piece, annotation);
  };
  const endAll = (): void => {
    for (const piece of pieces.values()) {
      if (piece.told.text() === "") settle(piece, piece.announced);
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
    announce: ({ index }, content) => {
      if (!nameUnknownOfPiece(content, out.nameUnknown)) return showUnknown(index, content);
      pieceAt(index).announced = textAt(content, "text") ?? textAt(content, "refusal") ?? "";
    },
    tellPiece: completePiece,
    isSame: (item) => {
      const texts = contentOf(item).map((content) =>
        isObject(content) ? (textAt(content, "text") ?? textAt(content, "refusal") ?? "") : "",
      );
      return texts.join("") === [...pieces.values()].map(({ told }) => told.text()).join("");
    },
    complete: (item) => {
      phase ??= readPhase(item);
      for (const [index, content] of contentOf(item).entries())
        if (isObject(content)) completePiece(index, content);
        else out.nameUnknown("message", { "content[]": content }, NO_FIELDS);
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

/** A list of content parts; some servers send one part by itself, or text alone. */
function contentOf(item: JsonObject): readonly Json[] {
  const content = item["content"];
  if (typeof content === "string") return [{ type: "output_text", text: content }];
  if (isObject(content)) return [content];
  return (listAt(item, "content") ?? []).map((piece) =>
    typeof piece === "string" ? { type: "output_text", text: piece } : piece,
  );
}

const PHASES: ReadonlyMap<string, TextPhase> = new Map<string, TextPhase>([
  ["commentary", "commentary"],
  ["final_answer", "final"],
]);

/** https://platform.openai.com/docs/api-reference/responses/object: said along the way, or the answer itself. */
function readPhase(item: JsonObject): TextPhase | null {
  return PHASES.get(textAt(item, "phase") ?? "") ?? null;
}

/** What a message must carry when it goes back beside its reasoning: its id and, for models that set one, its phase. */
function readIdentity(item: JsonObject): JsonObject | null {
  const [id, phase] = [textAt(item, "id"), textAt(item, "phase")];
  return id === null ? null : { type: "message", id, ...(phase === null ? {} : { phase }) };
}
