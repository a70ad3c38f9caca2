import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import { type NameUnknownFields, NO_FIELDS } from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt } from "@/lib/stream/turn/json-read";

import { isClientCall, openCallItem, openProviderItem, type ProviderItem } from "./call-items";
import { type ItemKind, type ItemOut, openUnknownItem, type ResponsesItem, SILENT_ITEM } from "./item";
import { nameUnknownOfItem } from "./known-fields";
import { openMessageItem, openReasoningItem } from "./text-items";

/** The output items of one answer, found again by id, by output index or by neither, as the server lets them be. */
export type ResponsesItems = {
  readonly open: (event: JsonObject) => void;
  /** The item of this type that an event is about; one that was never announced is opened. */
  readonly at: (event: JsonObject, type: string) => ResponsesItem;
  /** `item` is done; `outputIndex` is where it stands in the output. */
  readonly complete: (item: Json | undefined, outputIndex: Json | undefined) => void;
  /** The server's last word on the whole output, which it may number otherwise than before. */
  readonly completeAll: (output: readonly Json[]) => void;
  readonly close: (isComplete: boolean) => void;
  readonly distrustOpen: () => void;
  readonly areEmpty: () => boolean;
  /** Whether a message has text. */
  readonly haveText: () => boolean;
};

type OwnKind = Exclude<ItemKind, "provider-call" | "provider-output">;

type Entry = {
  readonly kind: ItemKind;
  readonly id: string | null;
  /** `output_index`; the order of arrival where a server (llama.cpp) sends none. */
  readonly outputIndex: number;
  readonly item: ResponsesItem;
  /** As it was announced. */
  readonly added: JsonObject;
  readonly callId: string | null;
  /** Something came for it after its announcement. */
  isTouched: boolean;
  isDone: boolean;
};

/** Which item a piece of the wire speaks of. */
type Address = {
  readonly id: string | null;
  readonly outputIndex: Json | undefined;
  readonly callId?: string | null;
};

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
  { emit, warn, warnOnce }: Omit<EventQueue, "take">,
  nameUnknown: NameUnknownFields,
): ResponsesItems {
  const entries: Entry[] = [];
  const callIds = new Set<string>();
  /** Calls of the provider's whose results come in an item of their own, by call id. */
  const waiting = new Map<string, ProviderItem>();
  let parts = 0;
  let hasText = false;
  const out: ItemOut = {
    emit,
    warn,
    warnOnce,
    nextId: (kind) => {
      parts += 1;
      hasText ||= kind === "text";
      return `${kind}-${String(parts)}`;
    },
    nameUnknown,
  };

  const openEntry = (
    kind: ItemKind,
    { id, outputIndex, callId = null }: Address,
    item: ResponsesItem,
    added: JsonObject,
  ): Entry => {
    const at = isOutputIndex(outputIndex) ? outputIndex : entries.length;
    const entry = { kind, id, outputIndex: at, item, added, callId, isTouched: false, isDone: false };
    entries.push(entry);
    return entry;
  };
  /** A result belongs to its call; one of no known call is shown as received. */
  const openResult = (callId: string | null, item: JsonObject): ResponsesItem => {
    const call = waiting.get(callId ?? "");
    return call === undefined ? openUnknownItem(out, item) : { ...SILENT_ITEM, complete: call.answer };
  };
  const start = (at: Address, item: JsonObject): Entry => {
    const [kind, callId] = [itemKind(item), textAt(item, "call_id")];
    const address = { ...at, callId };
    if (kind === "provider-call") {
      const call = openProviderItem(out, item);
      if (callId !== null) waiting.set(callId, call);
      return openEntry(kind, address, call, item);
    }
    if (kind === "provider-output") return openEntry(kind, address, openResult(callId, item), item);
    if (callId !== null && callIds.has(callId))
      warn("duplicate-call-id", `Two calls in this answer have the id ${callId}.`);
    if (callId !== null) callIds.add(callId);
    return openEntry(kind, address, openItem(kind, item, out), item);
  };

  const completeOne = (
    item: JsonObject,
    outputIndex: Json | undefined,
    known: readonly Entry[],
    renamed: readonly Entry[] = [],
  ): void => {
    const kind = itemKind(item);
    const address = { id: textAt(item, "id"), outputIndex, callId: textAt(item, "call_id") };
    nameUnknownOfItem(item, nameUnknown);
    const entry =
      byId(
        known.filter((each) => each.kind === kind),
        address.id,
      ) ??
      renamed.find((each) => each.kind === kind && each.item.isSame(item)) ??
      find(known, address, kind) ??
      start(address, item);
    entry.item.complete(item);
    entry.isTouched = true;
    entry.isDone = true;
  };

  return {
    open: (event) => {
      const item = objectAt(event, "item") ?? {};
      const address = { id: textAt(item, "id"), outputIndex: event["output_index"] };
      nameUnknownOfItem(item, nameUnknown);
      if (byId(entries, address.id) === null) start(address, item);
    },
    at: (event, type) => {
      const address = { id: textAt(event, "item_id"), outputIndex: event["output_index"] };
      const entry = find(entries, address, itemKind({ type })) ?? start(address, { type });
      entry.isTouched = true;
      return entry.item;
    },
    complete: (item, outputIndex) => {
      if (isObject(item)) completeOne(item, outputIndex, entries);
    },
    completeAll: (output) => {
      const own = output.filter((item) => isObject(item));
      const named = new Set(own.map((item) => textAt(item, "id")));
      // An entry whose id the last word does not know may stand in it under another.
      const renamed = entries.filter(({ id, isDone }) => isDone && !named.has(id));
      for (const [outputIndex, item] of output.entries())
        if (isObject(item)) completeOne(item, outputIndex, entries, renamed);
        else nameUnknown("response", { "output[]": item }, NO_FIELDS);
    },
    close: (isComplete) => {
      for (const entry of entries) {
        // A server that never came back to an item has said all of it at its beginning.
        const isWhole =
          entry.kind === "message" || entry.kind === "reasoning" || (entry.kind === "call" && isComplete);
        if (isWhole && !entry.isDone && !entry.isTouched) entry.item.complete(entry.added);
        entry.item.close(isComplete);
      }
    },
    distrustOpen: () => {
      for (const { item } of entries) item.distrust();
    },
    areEmpty: () => parts === 0,
    haveText: () => hasText,
  };
}

/** By id first. A server that changes its ids (some gateways do) or sends none is followed by output index, then by order. */
function find(
  entries: readonly Entry[],
  { id, outputIndex, callId = null }: Address,
  kind: ItemKind,
): Entry | null {
  const own = entries.filter((entry) => entry.kind === kind);
  const named = byId(own, id);
  if (named !== null) return named;
  if (isOutputIndex(outputIndex)) return own.find((entry) => entry.outputIndex === outputIndex) ?? null;
  const isOther = (entry: Entry): boolean =>
    callId !== null && entry.callId !== null && callId !== entry.callId;
  return own.findLast((entry) => !entry.isDone && !isOther(entry)) ?? null;
}

function byId(entries: readonly Entry[], id: string | null): Entry | null {
  return id === null ? null : (entries.find((entry) => entry.id === id) ?? null);
}

export function isOutputIndex(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function itemKind(item: JsonObject): ItemKind {
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
