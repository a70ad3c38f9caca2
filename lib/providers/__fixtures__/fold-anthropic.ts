/** For tests of the Anthropic dialect: short ways to write its events, and the step they fold to. */

import { openAnthropic } from "@/lib/providers/dialects/anthropic/reader";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

import { foldWire, readWire, type WireFoldOptions } from "./fold-wire";

/** The events of one answer, in order. */
export function readAnthropicBytes(bytes: Uint8Array, options: WireFoldOptions = {}): readonly TimedEvent[] {
  return readWire(openAnthropic(), bytes, options);
}

export function foldAnthropic(stream: string, options: WireFoldOptions = {}): Step {
  return foldWire(openAnthropic(), stream, options);
}

/** A message that came whole, as JSON. */
export function foldMessage(message: Json): Step {
  return foldAnthropic(JSON.stringify(message), { contentType: "application/json", isStreamed: false });
}

/** A stream of these events, each under its type's name. A string is sent as it stands. */
export function anthropicSse(...events: readonly (JsonObject | string)[]): string {
  return events
    .map((event) =>
      typeof event === "string"
        ? event
        : `event: ${textAt(event, "type") ?? ""}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    .join("");
}

export function begin(index: Json, block: JsonObject): JsonObject {
  return { type: "content_block_start", index, content_block: block };
}

export function grow(index: Json, delta: JsonObject): JsonObject {
  return { type: "content_block_delta", index, delta };
}

export function halt(index: Json): JsonObject {
  return { type: "content_block_stop", index };
}

/** A text block at this index, in deltas of the given pieces. */
export function text(index: number, ...pieces: readonly string[]): JsonObject[] {
  return [
    begin(index, { type: "text", text: "" }),
    ...pieces.map((piece) => grow(index, { type: "text_delta", text: piece })),
    halt(index),
  ];
}

/** A thinking block at this index; without a signature it gets none. */
export function thinking(index: number, words: string, signature?: string): JsonObject[] {
  return [
    begin(index, { type: "thinking", thinking: "", signature: "" }),
    grow(index, { type: "thinking_delta", thinking: words }),
    ...(signature === undefined ? [] : [grow(index, { type: "signature_delta", signature })]),
    halt(index),
  ];
}

/** A call at this index, its arguments in the given pieces. */
export function call(index: number, id: string, name: string, ...pieces: readonly string[]): JsonObject[] {
  return [
    begin(index, { type: "tool_use", id, name, input: {} }),
    ...pieces.map((piece) => grow(index, { type: "input_json_delta", partial_json: piece })),
    halt(index),
  ];
}

export const START: JsonObject = {
  type: "message_start",
  message: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-test",
    content: [],
    stop_reason: null,
    usage: { input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 4 },
  },
};

export function stopReason(reason: Json, outputTokens: Json = 20): JsonObject {
  return { type: "message_delta", delta: { stop_reason: reason }, usage: { output_tokens: outputTokens } };
}

export const STOP: JsonObject = { type: "message_stop" };
