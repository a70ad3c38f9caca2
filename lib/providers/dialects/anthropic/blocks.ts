import type { EventQueue } from "@/lib/providers/dialects/shared/event-queue";
import {
  type NameUnknownFields,
  NO_FIELDS,
  holdsSomething,
  unknownEvent,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt } from "@/lib/stream/turn/json-read";

import { type Block, openUnknownBlock } from "./block";
import {
  type CallBlock,
  openCallBlock,
  openProviderBlock,
  type ProviderBlock,
  showLoneResult,
} from "./calls";
import { nameUnknownOfBlock, nameUnknownOfDelta } from "./known-fields";
import { openRedactedBlock, openTextRun, openThinkingBlock } from "./text-blocks";

/** The content blocks of one answer, as they arrive or all at once. */
export type Blocks = {
  readonly start: (index: Json | undefined, raw: JsonObject) => void;
  readonly grow: (index: Json | undefined, delta: JsonObject) => void;
  readonly stop: (index: Json | undefined) => void;
  /** A block of a message that came whole. */
  readonly addWhole: (raw: Json) => void;
  /** An event was unreadable: calls that were open are never run. */
  readonly distrust: () => void;
  /** No more will come. `isFinished`: the answer is whole, so its calls are complete. */
  readonly close: (isFinished: boolean) => void;
  /** Whether there are calls and all of them have arguments that parse. */
  readonly holdCompleteCalls: () => boolean;
  readonly areEmpty: () => boolean;
};

/** What a delta for a block that never began is taken for. */
const IMPLICIT: ReadonlyMap<string, string> = new Map([
  ["text_delta", "text"],
  ["thinking_delta", "thinking"],
]);

export function openBlocks(
  { emit, warn, warnOnce }: Omit<EventQueue, "take">,
  nameUnknown: NameUnknownFields,
): Blocks {
  const byIndex = new Map<number, Block>();
  const all: Block[] = [];
  const stopped = new Set<Block>();
  const calls: CallBlock[] = [];
  const searches: ProviderBlock[] = [];
  let parts = 0;

  const nextId = (kind: string): string => {
    parts += 1;
    return `${kind}-${String(parts)}`;
  };
  const out = { emit, nextId, warnOnce };
  const text = openTextRun(out);

  const openCall = (raw: JsonObject, isWhole: boolean): Block => {
    const call = openCallBlock(out, raw, isWhole);
    if (textAt(raw, "name") === null) warn("nameless-call", "A call came without a name.");
    if (call.callId !== null && calls.some(({ callId }) => callId === call.callId))
      warn("duplicate-call-id", `Two calls in this answer have the id ${call.callId}.`);
    calls.push(call);
    return call;
  };
  const openProvider = (raw: JsonObject, isWhole: boolean): ProviderBlock => {
    const search = openProviderBlock(out, raw, isWhole);
    searches.push(search);
    return search;
  };
  /** A result names its call; one that names none is shown as a call by itself. */
  const answer = (type: string, raw: JsonObject): Block => {
    const callId = textAt(raw, "tool_use_id");
    const asked = searches.findLast((search) => search.callId === callId);
    if (asked !== undefined) asked.answer(raw);
    else {
      warnOnce("lone-result", `A result arrived for an unknown call: ${type}.`);
      showLoneResult(out, raw);
    }
    return SILENT;
  };
  const open = (raw: JsonObject, isWhole: boolean): Block => {
    const type = textAt(raw, "type") ?? "";
    for (const block of all) block.rest();
    nameUnknownOfBlock(raw, nameUnknown);
    if (type === "text") return text.open(raw);
    text.close();
    if (type === "thinking") return openThinkingBlock(out, raw);
    if (type === "redacted_thinking") return openRedactedBlock(out, raw);
    if (type === "tool_use") return openCall(raw, isWhole);
    if (type.endsWith("_tool_use")) return openProvider(raw, isWhole);
    if (type.endsWith("_tool_result")) return answer(type, raw);
    return openUnknownBlock(out, raw);
  };
  const begin = (index: number | null, raw: JsonObject, isWhole: boolean): Block => {
    const block = open(raw, isWhole);
    all.push(block);
    if (index !== null) byIndex.set(index, block);
    return block;
  };
  /** Without a usable index the block that began last is meant. */
  const find = (index: number | null): Block | undefined =>
    index === null ? all.at(-1) : byIndex.get(index);
  /** A server that miscounts means the block that is open. */
  const findOpen = (index: number | null): Block | undefined => {
    const last = all.at(-1);
    return find(index) ?? (last === undefined || stopped.has(last) ? undefined : last);
  };
  const isCall = (block: Block): boolean => calls.some((call) => call === block);

  return {
    start: (index, raw) => void begin(readIndex(index), raw, false),
    grow: (at, delta) => {
      const index = readIndex(at);
      const block = findOpen(index);
      nameUnknownOfDelta(delta, nameUnknown);
      if (block?.grow(delta) === true || !holdsSomething(delta)) return;
      const type = textAt(delta, "type") ?? "unknown";
      const implicit = IMPLICIT.get(type);
      if (block === SILENT || (implicit === undefined && block !== undefined))
        return warnOnce(`delta-${type}`, unknownEvent(`content_block_delta ${type}`, delta));
      begin(index, implicit === undefined ? {} : { type: implicit }, false).grow(delta);
    },
    stop: (index) => {
      const block = findOpen(readIndex(index));
      if (block === undefined) return;
      stopped.add(block);
      block.stop();
    },
    addWhole: (raw) => {
      if (isObject(raw)) begin(null, raw, true).stop();
      else nameUnknown("message", { "content[]": raw }, NO_FIELDS);
    },
    distrust: () => {
      for (const call of calls) call.distrust();
    },
    close: (isFinished) => {
      text.close();
      for (const block of all) if (isFinished || !isCall(block)) block.stop();
    },
    holdCompleteCalls: () => calls.length > 0 && calls.every((call) => call.isComplete()),
    areEmpty: () => parts === 0,
  };
}

/** A block that has no part of its own, or none that can be shown. */
const SILENT: Block = { grow: () => false, rest: () => undefined, stop: () => undefined };

/** Numbers from the wire are keys of a map and nothing else. */
function readIndex(index: Json | undefined): number | null {
  return typeof index === "number" && Number.isSafeInteger(index) && index >= 0 ? index : null;
}
