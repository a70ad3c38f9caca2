/** Odd answers of each dialect whose content is read, or named where it cannot be: nothing is dropped in silence. */
import { describe, expect, it } from "vitest";

import {
  anthropicSse,
  begin,
  foldAnthropic,
  grow,
  halt,
  START,
} from "@/lib/providers/__fixtures__/fold-anthropic";
import { delta, DONE, foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { chunk, finish, foldGemini, geminiSse } from "@/lib/providers/__fixtures__/fold-gemini";
import { added, foldResponses, responsesSse } from "@/lib/providers/__fixtures__/fold-responses";
import { briefParts, sse } from "@/lib/providers/__fixtures__/fold-wire";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";

const ROME = { location: "Rome" };
const CALLED = ["call", "c", "weather", JSON.stringify(ROME), "awaiting-result"];

/** What a person can read of a step: its parts, then its warnings. */
function seen(step: Step): readonly unknown[] {
  return [briefParts(step), step.warnings.map(({ message }) => message)];
}

const responses = (...events: readonly JsonObject[]): Step =>
  foldResponses(
    responsesSse(
      { type: "response.created", response: { id: "r", status: "in_progress", output: [] } },
      ...events,
      {
        type: "response.completed",
        response: { id: "r", status: "completed", output: [] },
      },
    ),
  );
const anthropic = (...events: readonly JsonObject[]): Step =>
  foldAnthropic(
    anthropicSse(
      START,
      ...events,
      { type: "message_delta", delta: { stop_reason: "end_turn" } },
      { type: "message_stop" },
    ),
  );
const gemini = (...chunks: readonly JsonObject[]): Step => foldGemini(geminiSse(...chunks, finish("STOP")));
const chat = (...chunks: readonly JsonObject[]): Step => foldText(sse(...chunks, delta({}, "stop")) + DONE);
const unshown = (what: string): string => `The answer has an unknown field that is not shown: ${what}`;

describe("the Responses reader", () => {
  it("reads one call whose item's id is another in every event", () => {
    const step = responses(
      added(0, callItem("f1", "")),
      itemPiece("f1", '{"location":'),
      itemPiece("f2", '"Rome"}'),
      {
        type: "response.output_item.done",
        output_index: 0,
        item: callItem("f3", JSON.stringify(ROME)),
      },
    );
    expect(seen(step)).toEqual([[CALLED], []]);
  });

  it("reads arguments that are an object, and a name that comes with the end", () => {
    const step = responses(added(0, { ...callItem("f", ""), name: null }), {
      type: "response.output_item.done",
      output_index: 0,
      item: callItem("f", ROME),
    });
    expect(seen(step)).toEqual([[CALLED], []]);
  });

  it("reads text deltas without an item's id and index", () => {
    const step = responses(
      added(0, { type: "message", id: "m", role: "assistant", content: [] }),
      { type: "response.output_text.delta", delta: "Hello" },
      { type: "response.output_text.delta", delta: " you" },
    );
    expect(seen(step)).toEqual([[["text", "Hello you"]], []]);
  });
});

describe("the Anthropic Messages reader", () => {
  it("shows an unknown block with all of its deltas", () => {
    const [one, other] = [
      { type: "video_delta", caption: "a cat" },
      { type: "video_delta", caption: " walks" },
    ];
    expect(seen(anthropic(begin(0, { type: "video" }), grow(0, one), grow(0, other), halt(0)))).toEqual([
      [["unknown", "video", { type: "video", deltas: [one, other] }]],
      [],
    ]);
  });

  it("reads a block whose start never came, one at an index that is text, and one without any", () => {
    for (const index of [0, "3", null])
      expect(seen(anthropic(grow(index, words("no ")), grow(index, words("start"))))).toEqual([
        [["text", "no start"]],
        [],
      ]);
  });

  it("reads a piece of arguments that is an object", () => {
    const step = anthropic(
      begin(0, { type: "tool_use", id: "c", name: "weather", input: {} }),
      grow(0, { type: "input_json_delta", partial_json: ROME }),
      halt(0),
    );
    expect(seen(step)).toEqual([[CALLED], []]);
  });

  it("names a field that stands beside a delta's text", () => {
    const step = anthropic(
      begin(0, { type: "text", text: "" }),
      grow(0, { type: "text_delta", text: "a", note: "b" }),
    );
    expect(seen(step)).toEqual([[["text", "a"]], [unshown('text_delta.note = "b"')]]);
  });
});

describe("Gemini", () => {
  it("shows parts of unknown keys, and names keys beside a text", () => {
    expect(seen(gemini(chunk([{ video: { caption: "cat" } }, { text: "hi", mood: "happy" }])))).toEqual([
      [
        ["unknown", "video", { video: { caption: "cat" } }],
        ["text", "hi"],
      ],
      [unshown('part.mood = "happy"')],
    ]);
  });

  it("reads arguments that are text, beside a text in the same part", () => {
    const functionCall = { id: "c", name: "weather", args: JSON.stringify(ROME) };
    expect(seen(gemini(chunk([{ text: "both", functionCall }])))).toEqual([[["text", "both"], CALLED], []]);
  });

  it("reads parts that are one object, and content that is a text", () => {
    expect(
      seen(
        gemini(
          { candidates: [{ content: { parts: { text: "one " } } }] },
          { candidates: [{ content: "two" }] },
        ),
      ),
    ).toEqual([[["text", "one two"]], []]);
  });
});

describe("the chat completions reader", () => {
  it("reads one answer whose choice has another index in each chunk", () => {
    expect(seen(chat(choice(5, "a"), choice(7, "b")))).toEqual([[["text", "ab"]], []]);
  });

  it("reads a name that is null at first, an index that is text, and arguments that are an object", () => {
    const named = chat(
      callPiece({ index: "0", id: "c", function: { name: null, arguments: '{"location":' } }),
      callPiece({ index: "0", function: { name: "weather", arguments: '"Rome"}' } }),
    );
    const whole = chat(callPiece({ index: 0, id: "c", function: { name: "weather", arguments: ROME } }));
    expect([seen(named), seen(whole)]).toEqual([
      [[CALLED], []],
      [[CALLED], []],
    ]);
  });

  it("names content that is neither text nor a list, and a delta that is no object", () => {
    const step = chat(
      delta({ content: 42 }),
      { choices: [{ index: 0, delta: "raw" }] },
      delta({ content: "x" }),
    );
    expect(seen(step)).toEqual([
      [["text", "x"]],
      [unshown("delta.content = 42"), unshown('choices[].delta = "raw"')],
    ]);
  });

  it("takes the last of a list of counts", () => {
    const usage = [{ prompt_tokens: 1 }, { prompt_tokens: 4, completion_tokens: 2 }];
    expect(chat(delta({ content: "x" }), { choices: [], usage }).usage).toMatchObject({
      input: 4,
      output: 2,
    });
  });
});

function callItem(id: string, args: Json): JsonObject {
  return { type: "function_call", id, call_id: "c", name: "weather", arguments: args };
}

function itemPiece(id: string, text: string): JsonObject {
  return { type: "response.function_call_arguments.delta", item_id: id, output_index: 0, delta: text };
}

function words(text: string): JsonObject {
  return { type: "text_delta", text };
}

function callPiece(fields: JsonObject): JsonObject {
  return delta({ tool_calls: [fields] });
}

function choice(index: number, content: string): JsonObject {
  return { choices: [{ index, delta: { content } }] };
}
