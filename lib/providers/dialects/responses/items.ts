import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import type { NameUnknownFields } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt } from "@/lib/stream/turn/json-read";

import { openCallItem } from "./call-item";
import { isClientCall } from "./client-calls";
import { type ItemKind, type ItemOut, type ResponsesItem, SILENT_ITEM } from "./item";
import { nameUnknownOfItem } from "./known-fields";
import { openMessageItem } from "./message-item";
import { openProviderItem, type ProviderItem } from "./provider-item";
import { openReasoningItem } from "./reasoning-item";
import { openUnknownItem } from "./unknown-item";

/** The output items of one answer, found again by id, by place or by neither, as the server lets them be. */
export type ResponsesItems = {
  readonly open: (event: JsonObject) => void;
  /** The item of this type that an event is about; one that was never announced is opened. */
  readonly at: (event: JsonObject, type: string) => ResponsesItem;
  /** `item` is done; `place` is where it stands in the output. */
  readonly complete: (item: Json | undefined, place: Json | undefined) => void;
  readonly close: (isComplete: boolean) => void;
  readonly distrustOpen: () => void;
  readonly areEmpty: () => boolean;
};

type OwnKind = Exclude<ItemKind, "provider-call" | "provider-output">;

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
  ["web_search_call", "provider-call"],
  ["file_search_call", "provider-call"],
  ["code_interpreter_call", "provider-call"],
  ["image_generation_call", "provider-call"],
  ["mcp_call", "provider-call"],
  ["shell_call", "provider-call"],
  ["shell_call_output", "provider-output"],
]);

/** Starts the items of one answer. */
export function openResponsesItems(
  { emit, warn, warnOnce }: EventQueue,
  nameUnknown: NameUnknownFields,
): ResponsesItems {
  const entries: Entry[] = [];
  const callIds = new Set<string>();
  /** Calls of the provider's whose results come in an item of their own, by call id. */
  const waiting = new Map<string, ProviderItem>();
  let parts = 0;
  const out: ItemOut = {
    emit,
    warn,
    warnOnce,
    nextId: (kind) => {
      parts += 1;
      return `${kind}-${String(parts)}`;
    },
    nameUnknown,
  };

  const openEntry = (kind: ItemKind, { id, place }: Address, item: ResponsesItem): Entry => {
    const entry = { kind, id, place: isPlace(place) ? place : entries.length, item, isDone: false };
    entries.push(entry);
    return entry;
  };
  /** A result belongs to its call; one of no known call is shown as it came. */
  const openResult = (callId: string | null, item: JsonObject): ResponsesItem => {
    const call = waiting.get(callId ?? "");
    return call === undefined ? openUnknownItem(out, item) : { ...SILENT_ITEM, complete: call.answer };
  };
  const start = (address: Address, item: JsonObject): Entry => {
    const [kind, callId] = [kindOf(item), textAt(item, "call_id")];
    if (kind === "provider-call") {
      const call = openProviderItem(out, item);
      if (callId !== null) waiting.set(callId, call);
      return openEntry(kind, address, call);
    }
    if (kind === "provider-output") return openEntry(kind, address, openResult(callId, item));
    if (callId !== null && callIds.has(callId))
      warn("duplicate-call-id", `Two calls of this answer have the id ${callId}.`);
    if (callId !== null) callIds.add(callId);
    return openEntry(kind, address, openItem(kind, item, out));
  };

  return {
    open: (event) => {
      const item = objectAt(event, "item") ?? {};
      const address = { id: textAt(item, "id"), place: event["output_index"] };
      nameUnknownOfItem(item, nameUnknown);
      if (byId(entries, address.id) === null) start(address, item);
    },
    at: (event, type) => {
      const address = { id: textAt(event, "item_id"), place: event["output_index"] };
      return (find(entries, address, kindOf({ type })) ?? start(address, { type })).item;
    },
    complete: (item, place) => {
      if (!isObject(item)) return;
      const address = { id: textAt(item, "id"), place };
      nameUnknownOfItem(item, nameUnknown);
      const entry = find(entries, address, kindOf(item)) ?? start(address, item);
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
  const type = textAt(item, "type") ?? "";
  return isClientCall(type) ? "call" : (KINDS.get(type) ?? "other");
}

function openItem(kind: OwnKind, item: JsonObject, out: ItemOut): ResponsesItem {
  switch (kind) {
    case "message":
      return openMessageItem(out, item);
    case "reasoning":
      return openReasoningItem(out);
    case "call":
      return openCallItem(out, item);
    case "other":
      return openUnknownItem(out, item);
  }
}
