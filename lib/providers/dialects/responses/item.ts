import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { EXCERPT } from "@/lib/providers/dialects/shared/reader-faults";
import { type NameUnknownFields, holdsSomething } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

/** One item of a Responses answer, from its first event to its last. */
export type ResponsesItem = {
  /** A piece of its text. */
  readonly grow: (slot: TextSlot, text: string) => void;
  /** The whole text of one slot, sent after its pieces or instead of them. */
  readonly settle: (slot: TextSlot, text: string) => void;
  /** A content part begins. What it says already counts only where nothing else says it. */
  readonly announce: (slot: TextSlot, piece: JsonObject) => void;
  /** A content part that the server sends whole. */
  readonly completePiece: (index: number, piece: JsonObject) => void;
  /** A picture on its way, as base64. */
  readonly picture: (base64: string, format: string | null) => void;
  readonly cite: (slot: TextSlot, annotation: Json) => void;
  /** The finished item as the server sends it, possibly more than once. */
  readonly complete: (item: JsonObject) => void;
  /** Whether the server may mean this item by another one, of another id, in its last word on the answer. */
  readonly isSame: (item: JsonObject) => boolean;
  /** No more will come. `isComplete`: the server said that the answer is whole. */
  readonly close: (isComplete: boolean) => void;
  /** An event was unreadable while the item was open. */
  readonly distrust: () => void;
};

/** Which of an item's texts: reasoning has summaries and content, messages have parts. */
export type TextSlot = { readonly carrier: TextCarrier; readonly index: number };

export type TextCarrier = "text" | "summary" | "content" | "arguments";

export type ItemKind = "message" | "reasoning" | "call" | "provider-call" | "provider-output" | "other";

/** What an item writes to. */
export type ItemOut = Pick<EventQueue, "emit" | "warn" | "warnOnce"> & {
  /** An id for a new part of the answer. */
  readonly nextId: (kind: string) => string;
  readonly nameUnknown: NameUnknownFields;
};

const nothing = (): void => undefined;

/** An item that shows nothing; the others say only what they do differently. */
export const SILENT_ITEM: ResponsesItem = {
  grow: nothing,
  settle: nothing,
  announce: nothing,
  completePiece: nothing,
  picture: nothing,
  cite: nothing,
  complete: nothing,
  isSame: () => false,
  close: nothing,
  distrust: nothing,
};

/** Said once when the server's last word on a text is not what it streamed. */
export function warnOfOtherText({ warnOnce }: ItemOut, final: string): void {
  warnOnce(
    "text-differs",
    `The server's final text is not the text it streamed, which is shown. The final text: ${final.slice(0, EXCERPT)}`,
  );
}

/** An item of a type that is not known here is shown as received, at first as it was announced. */
export function openUnknownItem({ emit, nextId }: ItemOut, added: JsonObject): ResponsesItem {
  let id: string | null = null;
  let isKept = false;
  const show = (item: JsonObject): void => {
    if (!holdsSomething(item)) return;
    id ??= nextId("unknown");
    emit({ type: "unknown-part", id, name: textAt(item, "type") ?? "item without a type", json: item });
  };
  show(added);
  return {
    ...SILENT_ITEM,
    complete: (item) => {
      show(item);
      if (isKept || id === null || textAt(item, "id") === null) return;
      isKept = true;
      emit({ type: "replay", id, item });
    },
  };
}
