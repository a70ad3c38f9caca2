/** For tests of the Responses dialect: short ways to write its events, and the step they fold to. */

import { openResponses } from "@/lib/providers/dialects/responses/reader";
import { responsesQuirks } from "@/lib/providers/presets/responses-quirks";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

import { foldWire, readWire, type WireFoldOptions } from "./fold-wire";

/** The events of one answer, in order. */
export function readResponsesBytes(bytes: Uint8Array, options: WireFoldOptions = {}): readonly TimedEvent[] {
  return readWire(openResponses({ quirks: responsesQuirks() }), bytes, options);
}

export function foldResponses(stream: string, options: WireFoldOptions = {}): Step {
  return foldWire(openResponses({ quirks: responsesQuirks() }), stream, options);
}

/** A response that came whole, as JSON. */
export function foldResponse(response: Json, options: WireFoldOptions = {}): Step {
  const body = typeof response === "string" ? response : JSON.stringify(response);
  return foldResponses(body, { contentType: "application/json", isStreamed: false, ...options });
}

/** A stream of these events, each under its type's name. A string is sent as it stands. */
export function responsesSse(...events: readonly (JsonObject | string)[]): string {
  return events
    .map((event) =>
      typeof event === "string"
        ? event
        : `event: ${textAt(event, "type") ?? ""}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    .join("");
}

export function added(outputIndex: Json, item: JsonObject): JsonObject {
  return { type: "response.output_item.added", output_index: outputIndex, item };
}

export function done(outputIndex: Json, item: JsonObject): JsonObject {
  return { type: "response.output_item.done", output_index: outputIndex, item };
}

/** A piece of an item's text: `kind` is the event's name without `response.` and `.delta`. */
export function delta(kind: string, itemId: string, text: string, more: JsonObject = {}): JsonObject {
  return { type: `response.${kind}.delta`, item_id: itemId, delta: text, ...more };
}

export function messageItem(id: string, ...texts: readonly string[]): JsonObject {
  const content = texts.map((text) => ({ type: "output_text", text, annotations: [] }));
  return { type: "message", id, role: "assistant", status: "completed", content };
}

/** A message at this output index, in pieces, sent whole at its end. */
export function message(outputIndex: number, ...pieces: readonly string[]): JsonObject[] {
  const id = `msg_${String(outputIndex)}`;
  const at = { output_index: outputIndex, content_index: 0 };
  const text = pieces.join("");
  return [
    added(outputIndex, { ...messageItem(id), status: "in_progress" }),
    { type: "response.content_part.added", item_id: id, ...at, part: { type: "output_text", text: "" } },
    ...pieces.map((piece) => delta("output_text", id, piece, at)),
    { type: "response.output_text.done", item_id: id, ...at, text },
    { type: "response.content_part.done", item_id: id, ...at, part: { type: "output_text", text } },
    done(outputIndex, messageItem(id, text)),
  ];
}

export function reasoningItem(id: string, summaries: readonly string[], encrypted: Json = null): JsonObject {
  const summary = summaries.map((text) => ({ type: "summary_text", text }));
  return { type: "reasoning", id, summary, encrypted_content: encrypted };
}

/** Reasoning at this output index with these summaries, each in one piece. */
export function reasoning(
  outputIndex: number,
  summaries: readonly string[],
  encrypted: Json = null,
): JsonObject[] {
  const id = `rs_${String(outputIndex)}`;
  return [
    added(outputIndex, reasoningItem(id, [], encrypted === null ? null : "at first")),
    ...summaries.map((text, index) =>
      delta("reasoning_summary_text", id, text, { output_index: outputIndex, summary_index: index }),
    ),
    done(outputIndex, reasoningItem(id, summaries, encrypted)),
  ];
}

export function callItem(id: string, name: string, input: Json, status = "completed"): JsonObject {
  return { type: "function_call", id: `fc_${id}`, call_id: `call_${id}`, name, arguments: input, status };
}

/** A call at this output index, its arguments in the given pieces. */
export function call(
  outputIndex: number,
  id: string,
  name: string,
  ...pieces: readonly string[]
): JsonObject[] {
  const itemId = `fc_${id}`;
  return [
    added(outputIndex, callItem(id, name, "", "in_progress")),
    ...pieces.map((piece) => delta("function_call_arguments", itemId, piece, { output_index: outputIndex })),
    {
      type: "response.function_call_arguments.done",
      item_id: itemId,
      output_index: outputIndex,
      arguments: pieces.join(""),
    },
    done(outputIndex, callItem(id, name, pieces.join(""))),
  ];
}

export const CREATED: JsonObject = {
  type: "response.created",
  response: { id: "resp_1", model: "gpt-test", status: "in_progress", output: [], usage: null },
};

export function completed(more: JsonObject = {}): JsonObject {
  return {
    type: "response.completed",
    response: { id: "resp_1", model: "gpt-test", status: "completed", ...more },
  };
}

export function incomplete(reason: Json): JsonObject {
  const response = { id: "resp_1", status: "incomplete", incomplete_details: { reason } };
  return { type: "response.incomplete", response };
}
