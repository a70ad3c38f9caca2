/** Servers that number, name or repeat things otherwise than their API says: the answer is still the one they meant. */
import { describe, expect, it } from "vitest";

import { anthropicSse, foldAnthropic } from "@/lib/providers/__fixtures__/fold-anthropic";
import { calls, delta, DONE, foldText, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { chunk, finish, foldGemini, geminiSse } from "@/lib/providers/__fixtures__/fold-gemini";
import {
  added,
  completed,
  done,
  foldResponses,
  messageItem,
  responsesSse,
} from "@/lib/providers/__fixtures__/fold-responses";
import { briefParts, sse, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const WEATHER = ["call", "c1", "weather", '{"city":"Poznań"}', "awaiting-result"];

function foldChat(...chunks: readonly JsonObject[]): Step {
  return foldText(sse(...chunks, DONE));
}

function foldEvents(...events: readonly JsonObject[]): Step {
  return foldResponses(responsesSse(...events));
}

function textDelta(id: string, words: string): JsonObject {
  return { type: "response.output_text.delta", item_id: id, delta: words };
}

function callPart(call: JsonObject): JsonObject {
  return chunk([{ functionCall: call }]);
}

function value(path: string, text: string): Json {
  return { jsonPath: path, stringValue: text };
}

describe("chat completions", () => {
  it("continue a call whose pieces count their index up and name nothing", () => {
    const step = foldChat(
      calls(piece({ index: 0, id: "c1", name: "weather", args: "" })),
      calls(piece({ index: 1, args: '{"city":' })),
      calls(piece({ index: 2, args: '"Poznań"}' })),
      delta({}, "tool_calls"),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[WEATHER], []]);
  });

  it("keep a call whose id is a number", () => {
    const step = foldChat(calls(piece({ index: 0, id: 7, name: "f", args: "{}" })), delta({}, "tool_calls"));
    expect(briefParts(step)).toEqual([["call", "7", "f", "{}", "awaiting-result"]]);
  });

  it("read a whole message beside an empty delta, and what one adds to the deltas before it", () => {
    const whole = { choices: [{ delta: {}, message: { content: "Hi" }, finish_reason: "stop" }] };
    expect(briefParts(foldChat(whole))).toEqual([["text", "Hi"]]);
    const call = { id: "c1", function: { name: "weather", arguments: '{"city":"Poznań"}' } };
    const late = {
      choices: [{ delta: {}, message: { content: "Hi", tool_calls: [call] }, finish_reason: "stop" }],
    };
    expect(briefParts(foldChat(delta({ content: "Hi" }), late))).toEqual([["text", "Hi"], WEATHER]);
  });
});

describe("Responses", () => {
  it("read one message whose id is another in every event and whose place is not told", () => {
    const step = foldEvents(
      { type: "response.output_item.added", item: messageItem("a") },
      textDelta("b", "Hel"),
      textDelta("c", "lo"),
      { type: "response.output_item.done", item: messageItem("d", "Hello") },
      completed({ output: [messageItem("e", "Hello")] }),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "Hello"]], []]);
  });

  it("show a message once that the last event tells at another place under another id", () => {
    const thought = { type: "reasoning", id: "r", summary: [{ type: "summary_text", text: "Hm." }] };
    const step = foldEvents(
      done(0, thought),
      done(1, messageItem("m", "Hello")),
      completed({ output: [messageItem("other", "Hello")] }),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([
      [
        ["reasoning", "Hm."],
        ["text", "Hello"],
      ],
      [],
    ]);
  });

  it("show items that are told only when they are announced", () => {
    const call = {
      type: "function_call",
      id: "f",
      call_id: "c1",
      name: "weather",
      arguments: '{"city":"Poznań"}',
    };
    expect(briefParts(foldEvents(added(0, messageItem("m", "Hello")), completed()))).toEqual([
      ["text", "Hello"],
    ]);
    expect(briefParts(foldEvents(added(0, call), completed()))).toEqual([WEATHER]);
  });
});

describe("Anthropic messages", () => {
  it("give the arguments to the open call where their index is another", () => {
    const step = foldAnthropic(
      anthropicSse(
        { type: "message_start", message: { id: "m", content: [] } },
        {
          type: "content_block_start",
          index: 1,
          content_block: { type: "tool_use", id: "c1", name: "weather", input: {} },
        },
        {
          type: "content_block_delta",
          index: 0,
          delta: { type: "input_json_delta", partial_json: '{"city":' },
        },
        {
          type: "content_block_delta",
          index: 0,
          delta: { type: "input_json_delta", partial_json: '"Poznań"}' },
        },
        { type: "content_block_stop", index: 0 },
        { type: "message_delta", delta: { stop_reason: "tool_use" } },
        { type: "message_stop" },
      ),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[WEATHER], []]);
  });

  it("show arguments for which no call ever began", () => {
    const orphan = { type: "input_json_delta", partial_json: '{"city":1}' };
    const step = foldAnthropic(
      anthropicSse(
        { type: "content_block_delta", index: 3, delta: orphan },
        { type: "message_delta", delta: { stop_reason: "end_turn" } },
        { type: "message_stop" },
      ),
    );
    expect(briefParts(step)).toEqual([["unknown", "block without a type", { deltas: [orphan] }]]);
  });

  it("are read whole where a server sends the message as one event", () => {
    const message = { type: "message", content: ["Hi"], stop_reason: "end_turn" };
    const step = foldAnthropic(anthropicSse(message));
    expect([briefParts(step), step.status.state]).toEqual([[["text", "Hi"]], "done"]);
  });
});

describe("Gemini", () => {
  it("continues a call whose pieces repeat its name", () => {
    const step = foldGemini(
      geminiSse(
        callPart({ id: "c1", name: "weather", willContinue: true }),
        callPart({ id: "c1", name: "weather", partialArgs: [value("$.city", "Poznań")] }),
        finish("STOP"),
      ),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[WEATHER], []]);
  });

  it("never runs a call of which an event was lost", () => {
    const step = foldGemini(
      geminiSse(
        callPart({ name: "weather", willContinue: true }),
        'data: {"candidates":[{broken\r\n\r\n',
        callPart({ partialArgs: [value("$.unit", "°C")] }),
        finish("STOP"),
      ),
    );
    expect(briefParts(step)).toEqual([["call", null, "weather", "", "unfinished"]]);
  });
});

describe("a stream that comes as JSON and not as events", () => {
  const events: readonly JsonObject[] = [delta({ content: "Hel" }), delta({ content: "lo" }, "stop")];

  it.each([
    [
      "as JSON lines (one document a line)",
      events.map((event) => JSON.stringify(event)).join("\n"),
      "application/x-ndjson",
    ],
    ["as one JSON list of events", JSON.stringify(events), "application/json"],
  ])("is read and named where it is sent %s", (form, body, contentType) => {
    const step = foldText(body, { contentType });
    expect([briefParts(step), step.status.state]).toEqual([[["text", "Hello"]], "done"]);
    expect(step.warnings.map(({ message }) => message)).toEqual([
      `The server sent its answer ${form}, which is shown once all of it has arrived.`,
    ]);
  });

  it("is read in a dialect whose events have types", () => {
    const typed = [textDelta("m", "Hel"), textDelta("m", "lo"), completed()];
    const body = typed.map((event) => JSON.stringify(event)).join("\n");
    const step = foldResponses(body, { contentType: "application/x-ndjson" });
    expect([briefParts(step), step.status.state]).toEqual([[["text", "Hello"]], "done"]);
  });
});
