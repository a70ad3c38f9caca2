/**
 * Fields of a Messages answer that are read, or are metadata and ignored on purpose. Any other that says something is
 * named. Sources: https://docs.anthropic.com/en/api/messages and …/messages-streaming, and llama.cpp's `tools/server`.
 */

import {
  type KnownFields,
  knownFields,
  type NameUnknownFields,
} from "@/lib/providers/dialects/shared/unknown-fields";
import type { JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

/** `container` and `context_management` describe the request, `diagnostics` the prompt cache. */
const ASIDE = "usage container context_management diagnostics input_transformations";

export const MESSAGE_FIELDS = knownFields(
  "id type role model content:text|list|object stop_reason:text stop_sequence stop_details timings",
  ASIDE,
);
export const STOP_FIELDS = knownFields("stop_reason:text stop_sequence stop_details container");

/** Beside what it is, padding of some gateways against eavesdroppers. */
const EVERY_EVENT = "type index p obfuscation";

const EVENT_FIELDS: ReadonlyMap<string, KnownFields> = new Map([
  ["message_start", knownFields(EVERY_EVENT, "message:object")],
  ["content_block_start", knownFields(EVERY_EVENT, "content_block:object")],
  ["content_block_delta", knownFields(EVERY_EVENT, "delta:object")],
  ["content_block_stop", knownFields(EVERY_EVENT)],
  ["message_delta", knownFields(EVERY_EVENT, "delta:object", ASIDE)],
  ["message_stop", knownFields(EVERY_EVENT, "timings amazon-bedrock-invocationMetrics")],
  ["ping", knownFields(EVERY_EVENT, "time")],
]);

/** Names what an event of a known type says beside what is read of it. */
export function nameUnknownOfEvent(type: string, event: JsonObject, name: NameUnknownFields): void {
  const known = EVENT_FIELDS.get(type);
  if (known !== undefined) name(type, event, known);
}

/** `caller` says which program made a call; `cache_control` is echoed by some gateways. */
const CALL = knownFields("type id name input caller cache_control");
const RESULT = knownFields("type tool_use_id content is_error caller cache_control");

const BLOCK_FIELDS: ReadonlyMap<string, KnownFields> = new Map([
  ["text", knownFields("type text:text citations:list cache_control")],
  ["thinking", knownFields("type thinking:text signature:text")],
  ["redacted_thinking", knownFields("type data")],
]);

/** Names what a block of a known type says beside what is read of it; others are shown whole. */
export function nameUnknownOfBlock(block: JsonObject, name: NameUnknownFields): void {
  const type = textAt(block, "type") ?? "";
  const known =
    BLOCK_FIELDS.get(type) ?? (isCall(type) ? CALL : type.endsWith("_tool_result") ? RESULT : null);
  if (known !== null) name(type, block, known);
}

function isCall(type: string): boolean {
  return type === "tool_use" || type.endsWith("_tool_use");
}

const DELTA_FIELDS: ReadonlyMap<string, KnownFields> = new Map([
  ["text_delta", knownFields("type text:text")],
  ["thinking_delta", knownFields("type thinking:text")],
  ["signature_delta", knownFields("type signature:text")],
  ["input_json_delta", knownFields("type partial_json")],
  ["citations_delta", knownFields("type citation:object")],
]);

/** Names what a delta of a known type says beside what is read of it. */
export function nameUnknownOfDelta(delta: JsonObject, name: NameUnknownFields): void {
  const type = textAt(delta, "type") ?? "";
  const known = DELTA_FIELDS.get(type);
  if (known !== undefined) name(type, delta, known);
}
