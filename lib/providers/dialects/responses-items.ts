import type { Json, JsonObject } from "@/lib/stream/json";
import { isObject, objectAt, textAt } from "@/lib/stream/json-read";

import type { EventQueue } from "./event-queue";
import { openCallItem } from "./responses-call-item";
import { type ItemKind, type ItemOut, type ResponsesItem, SILENT_ITEM } from "./responses-item";
import { openMessageItem } from "./responses-message-item";
import { openProviderItem } from "./responses-provider-item";
import { openReasoningItem } from "./responses-reasoning-item";
import { saysSomething } from "./unknown-fields";

/** The output items of one answer, found again by id, by place or by neither, as the server lets them be. */
export type ResponsesItems = {
  readonly open: (event: JsonObject) => void;
  /** The item an event is about; one that was never announced is opened. */
  readonly at: (event: JsonObject, kind: ItemKind) => ResponsesItem;
  /** `item` is done; `place` is where it stands in the output. */
  readonly complete: (item: Json | undefined, place: Json | undefined) => void;
  readonly close: (isComplete: boolean) => void;
  readonly distrustOpen: () => void;
  readonly areEmpty: () => boolean;
};

type Entry = {
  readonly kind: ItemKind;
  readonly id: string | null;
  /** `output_index`; the order of arrival where a server (llama.cpp) sends none. */
  readonly place: number;
  readonly item: ResponsesItem;
  isDone: boolean;
};

/** Which item a piece of the wire speaks of. */
type Address = { readonly id: string | null; readonly place: Json | undefined };

const KINDS: ReadonlyMap<string, ItemKind> = new Map<string, ItemKind>([
  ["message", "message"],
  ["reasoning", "reasoning"],
  ["function_call", "call"],
  ["web_search_call", "provider-call"],
  ["file_search_call", "provider-call"],
  ["code_interpreter_call", "provider-call"],
  ["image_generation_call", "provider-call"],
  ["mcp_call", "provider-call"],
]);

/** Starts the items of one answer. */
export function openResponsesItems({ emit, warn, warnOnce }: EventQueue): ResponsesItems {
  const entries: Entry[] = [];
  const callIds = new Set<string>();
  let parts = 0;
  const out: ItemOut = {
    emit,
    warn,
    warnOnce,
    nextId: (kind) => {
      parts += 1;
      return `${kind}-${String(parts)}`;
    },
  };

  const start = (kind: ItemKind, { id, place }: Address, item: JsonObject): Entry => {
    const opened = openItem(kind, item, out);
    const entry = { kind, id, place: isPlace(place) ? place : entries.length, item: opened, isDone: false };
    entries.push(entry);
    return entry;
  };
  const startKnown = (address: Address, item: JsonObject): Entry => {
    const callId = textAt(item, "call_id");
    if (callId !== null && callIds.has(callId))
      warn("duplicate-call-id", `Two calls of this answer have the id ${callId}.`);
    if (callId !== null) callIds.add(callId);
    return start(kindOf(item), address, item);
  };

  return {
    open: (event) => {
      const item = objectAt(event, "item") ?? {};
      const address = { id: textAt(item, "id"), place: event["output_index"] };
      if (byId(entries, address.id) === null) startKnown(address, item);
    },
    at: (event, kind) => {
      const address = { id: textAt(event, "item_id"), place: event["output_index"] };
      return (find(entries, address, kind) ?? start(kind, address, {})).item;
    },
    complete: (item, place) => {
      if (!isObject(item)) return;
      const address = { id: textAt(item, "id"), place };
      const entry = find(entries, address, kindOf(item)) ?? startKnown(address, item);
      entry.item.complete(item);
      entry.isDone = true;
    },
    close: (isComplete) => {
      for (const { item } of entries) item.close(isComplete);
    },
    distrustOpen: () => {
      for (const { item } of entries) item.distrust();
    },
    areEmpty: () => parts === 0,
  };
}

/** By id first. A server that changes its ids (some gateways do) or sends none is followed by place, then by order. */
function find(entries: readonly Entry[], { id, place }: Address, kind: ItemKind): Entry | null {
  const named = byId(entries, id);
  if (named !== null) return named;
  const own = entries.filter((entry) => entry.kind === kind);
  if (isPlace(place)) return own.find((entry) => entry.place === place) ?? null;
  return id === null ? (own.findLast(({ isDone }) => !isDone) ?? null) : null;
}

function byId(entries: readonly Entry[], id: string | null): Entry | null {
  return id === null ? null : (entries.find((entry) => entry.id === id) ?? null);
}

export function isPlace(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function kindOf(item: JsonObject): ItemKind {
  return KINDS.get(textAt(item, "type") ?? "") ?? "other";
}

function openItem(kind: ItemKind, item: JsonObject, out: ItemOut): ResponsesItem {
  switch (kind) {
    case "message":
      return openMessageItem(out);
    case "reasoning":
      return openReasoningItem(out);
    case "call":
      return openCallItem(out, item);
    case "provider-call":
      return openProviderItem(out, item);
    case "other":
      return openUnknown(item, out);
  }
}

/** An item of a type that is not known here is shown as it came, at first as it was announced. */
function openUnknown(added: JsonObject, { emit, nextId }: ItemOut): ResponsesItem {
  let id: string | null = null;
  let isKept = false;
  const show = (item: JsonObject): void => {
    if (!saysSomething(item)) return;
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
