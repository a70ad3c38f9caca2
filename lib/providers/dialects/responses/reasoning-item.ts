import { openToldText, type ToldText } from "@/lib/providers/dialects/shared/told-text";
import { knownFields, NO_FIELDS } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, textAt } from "@/lib/stream/turn/json-read";

import {
  type ItemOut,
  type ResponsesItem,
  SILENT_ITEM,
  type TextCarrier,
  type TextPlace,
  warnOfOtherText,
} from "./item";
import { nameUnknownOfPiece } from "./known-fields";

const BETWEEN = "\n\n";
const TEXT = knownFields("text:text");

/**
 * A reasoning item is one part from its first event on, so that a model which hides its thoughts is seen
 * to think. Its summaries, or its own words where a server tells them, stand apart by a blank line.
 */
export function openReasoningItem(out: ItemOut): ResponsesItem {
  const id = out.nextId("reasoning");
  out.emit({ type: "reasoning-start", id });
  const texts = new Map<string, ToldText>();
  /** What pieces were announced with: shown where nothing else is. */
  const announced = new Map<string, string>();
  let shown = "";
  let last: string | null = null;
  /** Whichever of summary and content comes first is shown as it comes. */
  let carrier: TextCarrier | null = null;
  let isOpen = true;
  let isKept = false;

  const textOf = ({ carrier: from, index }: TextPlace): { key: string; told: ToldText } => {
    const key = `${from} ${String(index)}`;
    const told = texts.get(key) ?? openToldText();
    texts.set(key, told);
    return { key, told };
  };
  const show = (key: string, text: string): void => {
    if (text === "") return;
    const apart = last !== null && last !== key ? BETWEEN : "";
    last = key;
    shown += apart + text;
    isOpen = true;
    out.emit({ type: "reasoning-delta", id, text: apart + text });
  };
  const add = (place: TextPlace, key: string, text: string): void => {
    if (text === "") return;
    carrier ??= place.carrier;
    if (carrier === place.carrier) show(key, text);
  };
  const settle = (place: TextPlace, whole: string): void => {
    const { key, told } = textOf(place);
    const rest = told.settle(whole);
    if (rest === null) warnOfOtherText(out, whole);
    else add(place, key, rest);
  };
  const settlePiece = (place: TextPlace, piece: JsonObject): void => {
    if (!nameUnknownOfPiece(piece, out.nameUnknown))
      out.nameUnknown(`reasoning.${place.carrier}`, piece, TEXT);
    settle(place, textAt(piece, "text") ?? "");
  };
  /** The second carrier usually tells the same again; what only it tells is not lost. */
  const showOther = (): void => {
    for (const [key, told] of texts) {
      const isOther = carrier !== null && !key.startsWith(`${carrier} `);
      if (isOther && !shown.includes(told.text().trim())) show(key, told.text());
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
    grow: (place, text) => {
      const { key, told } = textOf(place);
      add(place, key, told.add(text));
    },
    settle,
    announce: (place, piece) => {
      if (!nameUnknownOfPiece(piece, out.nameUnknown))
        out.nameUnknown(`reasoning.${place.carrier}`, piece, TEXT);
      announced.set(textOf(place).key, textAt(piece, "text") ?? "");
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
