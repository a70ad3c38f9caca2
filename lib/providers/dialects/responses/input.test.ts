/** How the history of a lane goes back in the Responses dialect. */
import { describe, expect, it } from "vitest";

import { type PastPart, type PastStep, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import { responsesInput } from "@/lib/providers/dialects/__fixtures__/responses-input";
import type { LaneSetup, PastTurn } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import { writeResponsesInput } from "./input";

type Written = { readonly items: readonly JsonObject[]; readonly notes: readonly string[] };

function write(history: readonly PastTurn[], lane: Partial<LaneSetup> = {}): Written {
  const notes: string[] = [];
  const items = writeResponsesInput(responsesInput({ lane, history }), (text) => void notes.push(text));
  return { items, notes };
}

/** The items after the prompt of a turn that made these steps. */
function answer(steps: readonly PastStep[], lane: Partial<LaneSetup> = {}): Written {
  const { items, notes } = write([{ prompt: "hi", turn: turnOf(...steps) }], lane);
  return { items: items.slice(1), notes };
}

const HERE = { provider: "openai", dialect: "responses", model: "gpt-5" };
const LLAMA = { provider: "llamacpp", model: "m" };
const thought = (id: string): JsonObject => ({
  type: "reasoning",
  id,
  summary: [{ type: "summary_text", text: "Hm." }],
  encrypted_content: "secret",
});
const thinks = (id = "rs_1", text = "Hm."): PastPart => ({
  reasoning: text,
  replay: { type: "replay", id: "", item: thought(id) },
});
const says = (text: string, id = "msg_1", more: JsonObject = {}): PastPart => ({
  text,
  replay: [{ type: "message", id, ...more }],
});
const calls = (name: string, result: string | undefined = "5", input = '{"a":1}'): PastPart => ({
  call: name,
  callId: `call_${name}`,
  input,
  replay: [{ type: "function_call", id: `fc_${name}` }],
  ...(result === undefined ? {} : { result }),
});
const call = (name: string, more: JsonObject = {}): JsonObject => ({
  type: "function_call",
  call_id: `call_${name}`,
  name,
  arguments: '{"a":1}',
  ...more,
});
const output = (name: string, text = "5"): JsonObject => ({
  type: "function_call_output",
  call_id: `call_${name}`,
  output: text,
});
const user = (...texts: readonly string[]): JsonObject => ({
  role: "user",
  content: texts.map((text) => ({ type: "input_text", text })),
});
const assistant = (text: string): JsonObject => ({
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text, annotations: [] }],
});

describe("prompts", () => {
  it.each([
    ["gpt-5", "developer"],
    ["gpt-4o", "system"],
    ["my-deployment", "system"],
  ])("for %s the system prompt is the %s's", (model, role) => {
    expect(write([], { model, system: "Be brief." }).items).toEqual([{ role, content: "Be brief." }]);
  });

  it("carry their images as data", () => {
    const images = [{ mediaType: "image/png", base64: "iVBORw0KGgo=" }];
    expect(write([{ prompt: "What is it?", images, turn: turnOf() }]).items).toEqual([
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is it?" },
          { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=", detail: "auto" },
        ],
      },
    ]);
  });

  it("that got no answer go out with the next one", () => {
    const failed = turnOf({ parts: [], end: "fail" });
    const history = [
      { prompt: "one", turn: failed },
      { prompt: "two", turn: turnOf() },
    ];
    expect(write(history)).toEqual({
      items: [user("one", "two")],
      notes: ["A prompt that got no answer is sent together with the next one."],
    });
  });

  it("stand before their answers, turn by turn", () => {
    const history = [
      { prompt: "one", turn: turnOf({ parts: [{ text: "1" }] }) },
      { prompt: "two", turn: turnOf() },
    ];
    expect(write(history, { model: "gpt-4o" }).items).toEqual([user("one"), assistant("1"), user("two")]);
  });
});

describe("a step of this model goes back whole", () => {
  it("with its encrypted reasoning and the ids that tie its items together, calls before outputs", () => {
    const step = { parts: [thinks(), says("So."), calls("add"), calls("multiply", "6")], from: HERE };
    expect(answer([step])).toEqual({
      items: [
        thought("rs_1"),
        { ...assistant("So."), id: "msg_1", status: "completed" },
        call("add", { id: "fc_add" }),
        call("multiply", { id: "fc_multiply" }),
        output("add"),
        output("multiply", "6"),
      ],
      notes: [],
    });
  });

  it("also where its reasoning is hidden, and in an earlier turn", () => {
    const hidden = turnOf({ parts: [thinks("rs_1", ""), says("1")], from: HERE });
    const history = [
      { prompt: "one", turn: hidden },
      { prompt: "two", turn: turnOf() },
    ];
    expect(write(history).items).toEqual([
      user("one"),
      thought("rs_1"),
      { ...assistant("1"), id: "msg_1", status: "completed" },
      user("two"),
    ]);
  });

  it("with the searches that the provider ran, and a message of several texts as one item", () => {
    const search = { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search" } };
    const phase = { phase: "final_answer" };
    const step: PastStep = {
      parts: [
        thinks(),
        { search: "web_search", replay: [search] },
        says("a", "msg_1", phase),
        says("b", "msg_1", phase),
      ],
      from: HERE,
    };
    const texts = ["a", "b"].map((text) => ({ type: "output_text", text, annotations: [] }));
    expect(answer([step]).items).toEqual([
      thought("rs_1"),
      search,
      { type: "message", id: "msg_1", ...phase, role: "assistant", status: "completed", content: texts },
    ]);
  });
});

describe("a step that is not whole goes back without reasoning and ids", () => {
  const NOTE = "Reasoning that this model did not encrypt, or whose step is incomplete, is not sent back.";
  const bare = [call("add"), output("add")];
  const own = (parts: readonly PastPart[], more: Partial<PastStep> = {}): PastStep => ({
    parts,
    from: HERE,
    ...more,
  });

  it.each<readonly [string, PastStep, readonly JsonObject[]]>([
    ["of another model", own([thinks(), calls("add")], { from: { ...HERE, model: "gpt-4o" } }), bare],
    [
      "of another dialect",
      own([thinks(), calls("add")], { from: { ...HERE, dialect: "chat-completions" } }),
      bare,
    ],
    ["whose reasoning was not encrypted", own([{ reasoning: "Hm." }, calls("add")]), bare],
    [
      "whose call was not told by id",
      own([thinks(), { call: "add", callId: "call_add", input: '{"a":1}', result: "5" }]),
      bare,
    ],
    [
      "whose arguments do not parse",
      own([thinks(), calls("add", "5", '{"a":')]),
      [call("add", { arguments: "{}" }), output("add", expect.stringContaining("not a valid JSON object"))],
    ],
    ["that ends in reasoning", own([calls("add"), thinks()]), bare],
    [
      "that was stopped",
      own([thinks(), calls("add"), says("So")], { end: "stop" }),
      [assistant("So"), ...bare],
    ],
  ])("%s", (_title, step, items) => {
    const written = answer([step]);
    expect(written.items).toEqual(items);
    expect(written.notes).toContain(NOTE);
  });

  it("and leaves out an unfinished call", () => {
    const step = own([thinks(), says("So"), calls("add", undefined, '{"a"')], { end: "cut" });
    expect(answer([step])).toEqual({
      items: [assistant("So")],
      notes: [
        "The unfinished call to add is not sent back.",
        "The part of a cut-off answer that arrived is sent back.",
        NOTE,
      ],
    });
  });

  it("and leaves out a search, with a note", () => {
    const step: PastStep = {
      parts: [{ search: "web_search", replay: [{ type: "web_search_call", id: "ws_1" }] }, says("So.")],
      from: HERE,
    };
    expect(answer([step])).toEqual({
      items: [assistant("So.")],
      notes: ["Searches that a provider ran itself are not sent back; its conclusions are."],
    });
  });

  it("and not at all where nothing but reasoning came", () => {
    expect(answer([own([thinks()])])).toEqual({
      items: [],
      notes: ["A step that ended before its answer is not sent back."],
    });
  });
});

const words = (id: string, text: string): JsonObject => ({
  type: "reasoning",
  id,
  summary: [],
  content: [{ type: "reasoning_text", text }],
});

describe("llama.cpp gets reasoning as text", () => {
  it("from any model, before the text and the calls it led to", () => {
    const step: PastStep = { parts: [thinks(), calls("add"), says("So.")], from: HERE };
    expect(answer([step], LLAMA)).toEqual({
      items: [words("rs_s0", "Hm."), assistant("So."), call("add"), output("add")],
      notes: [],
    });
  });

  it("but not of earlier turns without calls", () => {
    const history = [
      { prompt: "one", turn: turnOf({ parts: [{ reasoning: "Hm." }, { text: "1" }] }) },
      { prompt: "two", turn: turnOf() },
    ];
    expect(write(history, LLAMA)).toEqual({
      items: [user("one"), assistant("1"), user("two")],
      notes: ["Reasoning of earlier turns without tool calls is not sent back."],
    });
  });
});

/** What the model receives for a call with this result. */
const given = (result: string | undefined, isError = false) => {
  const step: PastStep = {
    parts: [{ call: "add", callId: "c", input: "{}", isError, ...(result === undefined ? {} : { result }) }],
  };
  return answer([step]).items.at(-1)?.["output"];
};

const called = (callId: string | null): PastPart => ({ call: "f", callId, input: "{}", result: "1" });

describe("results", () => {
  it("survive where they are falsy, and say that they are errors", () => {
    const texts = ["", "0", "false"];
    expect(texts.map((text) => given(text))).toEqual(texts);
    expect(given("no route", true)).toBe("Error: no route");
    expect(given(undefined)).toBe("No result was given for this call.");
  });

  it("wire:B24 wire:B25 wire:B26 answer calls under ids that are unique and accepted", () => {
    const { items } = answer([{ parts: [called("functions.f:0"), called(null), called("a"), called("a")] }]);
    const ids = (type: string) =>
      items.filter((item) => item["type"] === type).map((item) => item["call_id"]);
    expect(ids("function_call")).toEqual(["call_1", "call_2", "a", "call_4"]);
    expect(ids("function_call_output")).toEqual(ids("function_call"));
  });
});
