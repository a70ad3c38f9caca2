import { openRepeatedText, type RepeatedText } from "@/lib/providers/dialects/shared/repeated-text";
import { knownFields, NO_FIELDS, holdsSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Citation, TextPhase } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { countAt, isObject, listAt, textAt } from "@/lib/stream/turn/json-read";

import {
  type ItemOut,
  type ResponsesItem,
  SILENT_ITEM,
  type TextCarrier,
  type TextSlot,
  warnOfOtherText,
} from "./item";
import { nameUnknownOfPiece } from "./known-fields";

type Piece = {
  readonly repeated: RepeatedText;
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
    const piece: Piece = {
      repeated: openRepeatedText(),
      partId: null,
      isOpen: false,
      citations: 0,
      announced: "",
    };
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
    const rest = piece.repeated.settle(whole);
    if (rest === null) warnOfOtherText(out, whole);
    else show(piece, rest);
  };
  const cite = (piece: Piece, annotation: Json): void => {
    piece.citations += 1;
    const citation = readResponsesCitation(annotation, piece.repeated.text());
    if (citation === null) out.nameUnknown("output_text", { annotation }, NO_FIELDS);
    else if (piece.partId !== null) out.emit({ type: "citation", id: piece.partId, citation });
  };
  const showUnknown = (index: number, content: JsonObject): void => {
    if (!holdsSomething(content)) return;
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
      if (piece.repeated.text() === "") settle(piece, piece.announced);
      if (piece.partId !== null && piece.isOpen) out.emit({ type: "text-end", id: piece.partId });
      piece.isOpen = false;
    }
  };

  return {
    ...SILENT_ITEM,
    grow: ({ index }, text) => {
      const piece = pieceAt(index);
      show(piece, piece.repeated.add(text));
    },
    settle: ({ index }, text) => settle(pieceAt(index), text),
    cite: ({ index }, annotation) => cite(pieceAt(index), annotation),
    announce: ({ index }, content) => {
      if (!nameUnknownOfPiece(content, out.nameUnknown)) return showUnknown(index, content);
      pieceAt(index).announced = textAt(content, "text") ?? textAt(content, "refusal") ?? "";
    },
    completePiece,
    isSame: (item) => {
      const texts = contentOf(item).map((content) =>
        isObject(content) ? (textAt(content, "text") ?? textAt(content, "refusal") ?? "") : "",
      );
      return texts.join("") === [...pieces.values()].map(({ repeated }) => repeated.text()).join("");
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

const BETWEEN = "\n\n";
const TEXT = knownFields("text:text");

/**
 * A reasoning item is one part from its first event on, so that a model which hides its thoughts is seen to think. Its
 * summaries, or its own text if a server sends it, are separated by a blank line.
 */
export function openReasoningItem(out: ItemOut): ResponsesItem {
  const id = out.nextId("reasoning");
  out.emit({ type: "reasoning-start", id });
  const texts = new Map<string, RepeatedText>();
  /** What pieces were announced with: shown where nothing else is. */
  const announced = new Map<string, string>();
  let shown = "";
  let last: string | null = null;
  /** Whichever of summary and content comes first is shown as it comes. */
  let carrier: TextCarrier | null = null;
  let isOpen = true;
  let isKept = false;

  const textOf = ({ carrier: from, index }: TextSlot): { key: string; repeated: RepeatedText } => {
    const key = `${from} ${String(index)}`;
    const repeated = texts.get(key) ?? openRepeatedText();
    texts.set(key, repeated);
    return { key, repeated };
  };
  const show = (key: string, text: string): void => {
    if (text === "") return;
    const apart = last !== null && last !== key ? BETWEEN : "";
    last = key;
    shown += apart + text;
    isOpen = true;
    out.emit({ type: "reasoning-delta", id, text: apart + text });
  };
  const add = (slot: TextSlot, key: string, text: string): void => {
    if (text === "") return;
    carrier ??= slot.carrier;
    if (carrier === slot.carrier) show(key, text);
  };
  const settle = (slot: TextSlot, whole: string): void => {
    const { key, repeated } = textOf(slot);
    const rest = repeated.settle(whole);
    if (rest === null) warnOfOtherText(out, whole);
    else add(slot, key, rest);
  };
  const settlePiece = (slot: TextSlot, piece: JsonObject): void => {
    if (!nameUnknownOfPiece(piece, out.nameUnknown))
      out.nameUnknown(`reasoning.${slot.carrier}`, piece, TEXT);
    settle(slot, textAt(piece, "text") ?? "");
  };
  /** The second carrier usually repeats the first; anything only it contains is not lost. */
  const showOther = (): void => {
    for (const [key, repeated] of texts) {
      const isOther = carrier !== null && !key.startsWith(`${carrier} `);
      if (isOther && !shown.includes(repeated.text().trim())) show(key, repeated.text());
    }
  };
  const close = (): void => {
    if (shown === "") for (const [key, text] of announced) show(key, text);
    showOther();
    if (isOpen) out.emit({ type: "reasoning-end", id });
    isOpen = false;
  };

  return {
    ...SILENT_ITEM,
    grow: (slot, text) => {
      const { key, repeated } = textOf(slot);
      add(slot, key, repeated.add(text));
    },
    settle,
    announce: (slot, piece) => {
      if (!nameUnknownOfPiece(piece, out.nameUnknown))
        out.nameUnknown(`reasoning.${slot.carrier}`, piece, TEXT);
      announced.set(textOf(slot).key, textAt(piece, "text") ?? "");
    },
    isSame: (item) =>
      (["summary", "content"] as const).some((from) => {
        const words = piecesOf(item, from).map((piece) =>
          isObject(piece) ? (textAt(piece, "text") ?? "") : "",
        );
        return words.filter((text) => text !== "").join(BETWEEN) === shown;
      }),
    complete: (item) => {
      for (const from of ["summary", "content"] as const)
        for (const [index, piece] of piecesOf(item, from).entries())
          if (isObject(piece)) settlePiece({ carrier: from, index }, piece);
          else out.nameUnknown("reasoning", { [`${from}[]`]: piece }, NO_FIELDS);
      close();
      const replay = isKept ? null : readReplay(item);
      if (replay === null) return;
      isKept = true;
      out.emit({ type: "replay", id, item: replay });
    },
    close,
  };
}

/** A list of pieces; some servers send text alone. */
function piecesOf(item: JsonObject, from: "summary" | "content"): readonly Json[] {
  const text = textAt(item, from);
  const list = text === null ? (listAt(item, from) ?? []) : [text];
  return list.map((piece) => (typeof piece === "string" ? { text: piece } : piece));
}

/** The item as it goes back: encrypted, with its summary even where that is empty, because it is required. */
function readReplay(item: JsonObject): JsonObject | null {
  const id = textAt(item, "id");
  const encrypted = textAt(item, "encrypted_content");
  if (id === null || encrypted === null) return null;
  const content = listAt(item, "content") ?? [];
  return {
    type: "reasoning",
    id,
    summary: listAt(item, "summary") ?? [],
    ...(content.length === 0 ? {} : { content }),
    encrypted_content: encrypted,
  };
}

const ASTRAL = /[\u{10000}-\u{10FFFF}]/u;

/** A source named in an annotation, with its span in `text`; null for an annotation that names none. */
function readResponsesCitation(annotation: Json, text: string): Citation | null {
  if (!isObject(annotation)) return null;
  const url = textAt(annotation, "url");
  const title = textAt(annotation, "title") ?? textAt(annotation, "filename");
  if (url === null && title === null) return null;
  return { url, title, quote: null, ...readSpan(annotation, text) };
}

function readSpan(annotation: JsonObject, text: string): Pick<Citation, "start" | "end"> {
  const start = countAt(annotation, "start_index");
  const end = countAt(annotation, "end_index");
  const isSpan = start !== null && end !== null && start <= end && end <= text.length;
  // Nowhere is it said what the indices count: after an emoji they could mean two spans, so they mean none.
  return isSpan && !ASTRAL.test(text.slice(0, end)) ? { start, end } : { start: null, end: null };
}
