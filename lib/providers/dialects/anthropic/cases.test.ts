/** Cases from the field, in the Messages dialect. */
import { describe, expect, it } from "vitest";

import { anthropicSse, foldAnthropic, foldMessage } from "@/lib/providers/__fixtures__/fold-anthropic";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { JsonObject } from "@/lib/stream/turn/json";

const BASEL = '{"location": "Basel"}';
const begin = (index: number, block: JsonObject): JsonObject => ({
  type: "content_block_start",
  index,
  content_block: block,
});
const grow = (index: number, delta: JsonObject): JsonObject => ({
  type: "content_block_delta",
  index,
  delta,
});
const stop = (index: number): JsonObject => ({ type: "content_block_stop", index });
const end = (reason: string, more: JsonObject = {}): JsonObject[] => [
  { type: "message_delta", delta: { stop_reason: reason, ...more } },
  { type: "message_stop" },
];

describe("the reader, in cases from the field,", () => {
  it("reads arguments once that the start of a block and its deltas both tell", () => {
    const step = foldAnthropic(readCase("anthropic-tool-input-twice.anthropic.sse"));
    expect([briefParts(step), step.warnings]).toEqual([
      [["call", "toolu_1", "weather", BASEL, "awaiting-result"]],
      [],
    ]);
  });

  it("reads an event that a comment and a blank line cut in two", () => {
    const step = foldAnthropic(readCase("anthropic-keepalive-between-event-and-data.anthropic.sse"));
    expect([brief(step), step.warnings]).toEqual([
      {
        state: "done",
        parts: [["text", "Split by a heartbeat KEEP35."]],
        finish: { unified: "stop", raw: "end_turn" },
      },
      [],
    ]);
  });

  it("leaves out arguments that come again in full", () => {
    const piece = grow(0, { type: "input_json_delta", partial_json: BASEL });
    const call = begin(0, { type: "tool_use", id: "t", name: "weather", input: {} });
    const step = foldAnthropic(anthropicSse(call, piece, piece, stop(0), ...end("tool_use")));
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [["call", "t", "weather", BASEL, "awaiting-result"]],
      ["arguments-repeated"],
    ]);
  });

  it("keeps one thought and one text where their pieces alternate", () => {
    const pieces = ["a", "b", "c"].flatMap((text) => [
      grow(0, { type: "thinking_delta", thinking: text }),
      grow(1, { type: "text_delta", text }),
    ]);
    const step = foldAnthropic(
      anthropicSse(
        begin(0, { type: "thinking", thinking: "" }),
        begin(1, { type: "text", text: "" }),
        ...pieces,
        stop(0),
        stop(1),
        ...end("end_turn"),
      ),
    );
    expect(briefParts(step)).toEqual([
      ["reasoning", "abc"],
      ["text", "abc"],
    ]);
  });

  it("reads a message whose content is one block, or text alone", () => {
    for (const content of [{ type: "text", text: "Hi" }, "Hi"])
      expect(briefParts(foldMessage({ type: "message", content, stop_reason: "end_turn" }))).toEqual([
        ["text", "Hi"],
      ]);
  });
});

it("the reader keeps the numbers of an input that comes whole as they were written", () => {
  const input = '{"id":12345678901234567890,"price":1.50}';
  const call = `{"type":"tool_use","id":"t","name":"pay","input":${input}}`;
  const start = `data: {"type":"content_block_start","index":0,"content_block":${call}}\n\n`;
  const step = foldAnthropic(`${start}${anthropicSse(stop(0), ...end("tool_use"))}`);
  expect(briefParts(step)).toEqual([["call", "t", "pay", input, "awaiting-result"]]);
});

describe("the reader, by the facts of the Messages API,", () => {
  it("names the category of a refusal beside its explanation", () => {
    const details = { type: "refusal", category: "cyber", explanation: "I can't help with that." };
    const step = foldAnthropic(
      anthropicSse(
        begin(0, { type: "text", text: "No." }),
        stop(0),
        ...end("refusal", { stop_details: details }),
      ),
    );
    expect(step.warnings.map(({ message }) => message)).toEqual([
      "I can't help with that. The refusal is about: cyber.",
    ]);
  });

  it("counts what was written to the cache as input, and the tokens of thinking", () => {
    const usage = {
      input_tokens: 10,
      cache_creation_input_tokens: 200,
      cache_read_input_tokens: 30,
      output_tokens: 50,
      output_tokens_details: { thinking_tokens: 40 },
    };
    const step = foldMessage({ type: "message", content: "Hi", stop_reason: "end_turn", usage });
    expect(step.usage).toEqual({ input: 210, output: 50, total: null, reasoning: 40, cached: 30 });
  });

  it("names what the provider changed in the input", () => {
    const step = foldMessage({
      type: "message",
      content: "Hi",
      stop_reason: "end_turn",
      input_transformations: [{ type: "image_resized" }],
    });
    expect(warningCodes(step)).toEqual(["input-changed"]);
  });

  it("shows what a tool of the provider gave, whatever its shape", () => {
    const result = { type: "tool_search_tool_result", tool_use_id: "s", content: { references: ["add"] } };
    const step = foldMessage({
      type: "message",
      content: [{ type: "server_tool_use", id: "s", name: "tool_search", input: {} }, result],
      stop_reason: "end_turn",
    });
    expect(step.parts).toMatchObject([
      { type: "provider-call", status: { outcome: { output: '{"references":["add"]}' } } },
    ]);
  });
});
