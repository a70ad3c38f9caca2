import { openChatCompletions } from "@/lib/providers/dialects/chat/reader";
import { readTags } from "@/lib/providers/dialects/shared/tagged-text";
import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import type { ThinkTagMode } from "@/lib/providers/provider";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { foldWire, readWire, type WireFoldOptions } from "./fold-wire";

export const PLAIN_QUIRKS = chatQuirks({ effortShape: "none" });

export type FoldOptions = WireFoldOptions & { readonly thinkTags?: ThinkTagMode };

/** The events of one answer, in order. */
export function readBytes(bytes: Uint8Array, options: FoldOptions = {}): readonly TimedEvent[] {
  return readWire(openChat(options), bytes, options);
}

export function foldText(text: string, options: FoldOptions = {}): Step {
  return foldWire(openChat(options), text, options);
}

function openChat({ thinkTags = "off" }: FoldOptions): DialectReader {
  return readTags(openChatCompletions({ quirks: PLAIN_QUIRKS }), thinkTags);
}

export const DONE = "data: [DONE]\n\n";

export function delta(payload: JsonObject, finish: string | null = null): JsonObject {
  return { choices: [{ index: 0, delta: payload, finish_reason: finish }] };
}

/** A delta of `tool_calls`. */
export function calls(...pieces: readonly Json[]): JsonObject {
  return delta({ tool_calls: pieces });
}

/** One item of `tool_calls`; leave a field out to leave it out on the wire. */
export function piece(fields: {
  readonly index?: Json;
  readonly id?: Json;
  readonly name?: Json;
  readonly args?: Json;
}): JsonObject {
  const body = {
    ...("name" in fields ? { name: fields.name } : {}),
    ...("args" in fields ? { arguments: fields.args } : {}),
  };
  return {
    ...("index" in fields ? { index: fields.index } : {}),
    ...("id" in fields ? { id: fields.id } : {}),
    type: "function",
    function: body,
  };
}
