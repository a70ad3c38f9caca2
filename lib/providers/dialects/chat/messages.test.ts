import { describe, expect, it } from "vitest";

import { inputOf, setup, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup, PastTurn } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";

import { writeChatCompletions } from "./writer";

type History = readonly PastTurn[];

function write(provider: string, history: History, changes: Partial<LaneSetup> = {}) {
  const found = findProvider(provider);
  if (found === null) throw new Error(`no provider ${provider}`);
  const lane = setup({ provider, ...changes });
  const { body, notes } = writeChatCompletions(inputOf(found, lane, history));
  return { messages: body["messages"], notes };
}

function called(id: string, args = "{}") {
  return { id, type: "function", function: { name: "f", arguments: args } };
}

function result(id: string, content: string) {
  return { role: "tool", tool_call_id: id, content };
}

const call = { call: "f", callId: "a", input: "{}", result: "1" };
const hi = { role: "user", content: "hi" };
const red = { mediaType: "image/png", base64: "cmVk" };
const blue = { mediaType: "image/jpeg", base64: "Ymx1ZQ==" };
const text = (words: string) => ({ type: "text", text: words });
const redPart = { type: "image_url", image_url: { url: "data:image/png;base64,cmVk" } };
const bluePart = { type: "image_url", image_url: { url: "data:image/jpeg;base64,Ymx1ZQ==" } };

describe("images", () => {
  it("follow the text of their prompt, in every turn they were sent with", () => {
    const answered = turnOf({ parts: [{ text: "Red." }] });
    expect(
      write("llamacpp", [
        { prompt: "Which color?", images: [red], turn: answered },
        { prompt: "And these?", images: [red, blue], turn: turnOf() },
        { prompt: "hi", images: [], turn: turnOf() },
      ]).messages,
    ).toEqual([
      { role: "user", content: [text("Which color?"), redPart] },
      { role: "assistant", content: "Red." },
      { role: "user", content: [text("And these?"), redPart, bluePart, text("hi")] },
    ]);
  });

  it("stay with their own words when an unanswered prompt joins the next", () => {
    expect(
      write("llamacpp", [
        { prompt: "hi", turn: turnOf() },
        { prompt: "Look", images: [blue], turn: turnOf() },
      ]),
    ).toEqual({
      messages: [{ role: "user", content: [text("hi"), text("Look"), bluePart] }],
      notes: ["A prompt that got no answer is sent together with the next one."],
    });
  });
});

describe("a turn that continues", () => {
  it("sends reasoning, calls and one result per call, arguments byte for byte", () => {
    const turn = turnOf({
      parts: [
        { reasoning: "Two things.\n" },
        { text: "Let me see." },
        { call: "f", callId: "a", input: '{"x": 1.0}', result: "5" },
        { call: "f", callId: "b", input: "", result: "6" },
      ],
    });
    expect(write("llamacpp", [{ prompt: "hi", turn }])).toEqual({
      messages: [
        hi,
        {
          role: "assistant",
          content: "Let me see.",
          reasoning_content: "Two things.\n",
          tool_calls: [called("a", '{"x": 1.0}'), called("b")],
        },
        result("a", "5"),
        result("b", "6"),
      ],
      notes: [],
    });
  });

  it.each(["", "0", "false", "null"])("sends the falsy result %j as it is", (output) => {
    const turn = turnOf({ parts: [{ ...call, result: output }] });
    expect(write("llamacpp", [{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      { role: "assistant", tool_calls: [called("a")] },
      result("a", output),
    ]);
  });

  it("says in the text that a result is an error, once", () => {
    const turn = turnOf(
      { parts: [{ ...call, result: "no such place", isError: true }] },
      { parts: [{ ...call, callId: "b", result: "Error: no", isError: true }] },
    );
    expect(write("llamacpp", [{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      { role: "assistant", tool_calls: [called("a")] },
      result("a", "Error: no such place"),
      { role: "assistant", tool_calls: [called("b")] },
      result("b", "Error: no"),
    ]);
  });

  it("never sends a call back that does not parse, and tells the model", () => {
    const turn = turnOf({ parts: [{ ...call, input: '{"city": Flo' }] });
    expect(write("llamacpp", [{ prompt: "hi", turn }])).toEqual({
      messages: [
        hi,
        { role: "assistant", tool_calls: [called("a")] },
        result("a", "The arguments of this call were not a valid JSON object; {} stands in their place.\n1"),
      ],
      notes: ["The arguments for f are not valid JSON: {} is sent back instead, and the model is told."],
    });
  });
});

describe("a custom tool's call", () => {
  const customStep = {
    parts: [{ call: "run_sql", callId: "a", input: "select 1;", form: "text", result: "1" }],
  } as const;

  it("goes back in its own form to the server that sent it", () => {
    expect(write("llamacpp", [{ prompt: "hi", turn: turnOf(customStep) }])).toEqual({
      messages: [
        hi,
        {
          role: "assistant",
          tool_calls: [{ id: "a", type: "custom", custom: { name: "run_sql", input: "select 1;" } }],
        },
        result("a", "1"),
      ],
      notes: [],
    });
  });

  it("goes to another server as a function's, with its text in an object", () => {
    const elsewhere = turnOf({ ...customStep, from: { provider: "openai" } });
    expect(write("llamacpp", [{ prompt: "hi", turn: elsewhere }]).messages).toMatchObject([
      hi,
      {
        tool_calls: [{ type: "function", function: { name: "run_sql", arguments: '{"input":"select 1;"}' } }],
      },
      { role: "tool", content: "1" },
    ]);
  });
});

describe("the writer, for steps that did not end well,", () => {
  it("leaves out a step without an answer and joins its prompt with the next", () => {
    const failed = turnOf({ parts: [], end: "fail" });
    const stopped = turnOf({ parts: [{ reasoning: "Hm" }], end: "stop" });
    expect(
      write("llamacpp", [
        { prompt: "one", turn: failed },
        { prompt: "two", turn: stopped },
        { prompt: "three", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [{ role: "user", content: "one\n\ntwo\n\nthree" }],
      notes: [
        "A prompt that got no answer is sent together with the next one.",
        "A step that ended before its answer is not sent back.",
      ],
    });
  });

  it("keeps the text of a stopped answer and drops its unfinished call", () => {
    const turn = turnOf({
      parts: [{ text: "I look" }, { call: "f", callId: "a", input: '{"x' }],
      end: "stop",
    });
    expect(
      write("llamacpp", [
        { prompt: "hi", turn },
        { prompt: "go on", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [hi, { role: "assistant", content: "I look" }, { role: "user", content: "go on" }],
      notes: [
        "The unfinished call to f is not sent back.",
        "The part of a cut-off answer that arrived is sent back.",
      ],
    });
  });

  it("tells the model when a person moved on without giving a result", () => {
    const turn = turnOf({ parts: [{ call: "f", callId: "a", input: "{}" }] });
    expect(
      write("llamacpp", [
        { prompt: "hi", turn },
        { prompt: "next", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [
        hi,
        { role: "assistant", tool_calls: [called("a")] },
        result("a", "No result was given for this call."),
        { role: "user", content: "next" },
      ],
      notes: ["No result was given for f; the model is told."],
    });
  });
});

function step(callId: string | null) {
  return { parts: [{ ...call, callId }] };
}

function ids(messages: unknown): readonly string[] {
  const list: readonly { tool_call_id?: string }[] = Array.isArray(messages) ? messages : [];
  return list.flatMap((message) => message.tool_call_id ?? []);
}

describe("call ids", () => {
  it("are made up where there are none, and made unique where they repeat", () => {
    const turn = turnOf(step("functions.f:0"), step(null), step("functions.f:0"), step("call_2"));
    const { messages, notes } = write("llamacpp", [{ prompt: "hi", turn }]);
    expect(ids(messages)).toEqual(["functions.f:0", "call_2", "call_3", "call_4"]);
    expect(notes).toEqual(["Tool call ids were rewritten to be valid and unique."]);
  });

  it("have nine letters and digits for Mistral", () => {
    const turn = turnOf(step("abcDEF123"), step("call_1"));
    expect(ids(write("mistral", [{ prompt: "hi", turn }]).messages)).toEqual(["abcDEF123", "call00002"]);
  });

  it("of another provider are kept only in a form that all accept", () => {
    const from = { provider: "groq", model: "kimi" };
    const turn = turnOf({ ...step("functions.f:0"), from }, { ...step("call_x-1"), from });
    expect(ids(write("openai", [{ prompt: "hi", turn }]).messages)).toEqual(["call_1", "call_x-1"]);
  });
});

describe("reasoning of earlier steps", () => {
  const thought = { reasoning: "why" };
  const signed = { type: "reasoning.text", text: "why", signature: "S", index: 0 };
  const replay = { type: "replay" as const, id: "", item: signed };

  it("goes back for turns with calls and for the one that continues", () => {
    const history = [
      { prompt: "a", turn: turnOf({ parts: [thought, { text: "A" }] }) },
      { prompt: "b", turn: turnOf({ parts: [thought, call] }, { parts: [thought, { text: "B" }] }) },
      { prompt: "c", turn: turnOf() },
    ];
    expect(write("deepseek", history)).toEqual({
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "A" },
        { role: "user", content: "b" },
        { role: "assistant", reasoning_content: "why", tool_calls: [called("a")] },
        result("a", "1"),
        { role: "assistant", content: "B", reasoning_content: "why" },
        { role: "user", content: "c" },
      ],
      notes: ["Reasoning of earlier turns without tool calls is not sent back."],
    });
  });

  it("goes back to where it came from as whole items", () => {
    const from = { provider: "openrouter", model: "m" };
    const turn = turnOf({ parts: [{ ...thought, replay }, call], from });
    expect(write("openrouter", [{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      { role: "assistant", reasoning: "why", reasoning_details: [signed], tool_calls: [called("a")] },
      result("a", "1"),
    ]);
  });

  it("goes to another provider or model as plain text, never with a signature", () => {
    const from = { provider: "openrouter", model: "m" };
    const turn = turnOf({ parts: [{ ...thought, replay }, call], from });
    const assistant = (provider: string, model = "m") => {
      const { messages } = write(provider, [{ prompt: "hi", turn }], { model });
      return Array.isArray(messages) ? messages[1] : null;
    };
    const calls = { role: "assistant", tool_calls: [called("a")] };
    expect(assistant("openrouter", "other")).toEqual({ ...calls, reasoning: "why" });
    expect(assistant("vercel")).toEqual({ ...calls, reasoning: "why" });
    expect(assistant("llamacpp")).toEqual({ ...calls, reasoning_content: "why" });
    expect(assistant("openai")).toEqual(calls);
  });

  it("is said to stay out where the provider takes none", () => {
    const turn = turnOf({ parts: [thought, call] });
    expect(write("openai", [{ prompt: "hi", turn }]).notes).toEqual([
      "Reasoning is not sent back: OpenAI does not accept it.",
    ]);
  });

  it.each(["deepseek", "moonshot"])("goes to %s even when empty, on calls only", (provider) => {
    const turn = turnOf({ parts: [call] }, { parts: [{ text: "done" }] });
    expect(write(provider, [{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      { role: "assistant", reasoning_content: "", tool_calls: [called("a")] },
      result("a", "1"),
      { role: "assistant", content: "done" },
    ]);
  });
});

it("the writer never sends gpt-oss its control tokens back as text", () => {
  const turn = turnOf({
    parts: [
      { text: "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello" },
    ],
  });
  const history = [
    { prompt: "hi", turn },
    { prompt: "more", turn: turnOf() },
  ];
  expect(write("llamacpp", history, { model: "gpt-oss-20b" })).toEqual({
    messages: [hi, { role: "assistant", content: "Hello" }, { role: "user", content: "more" }],
    notes: ["Control tokens that leaked into an earlier answer are not sent back: this model fails on them."],
  });
});

it("the writer puts an answer between a tool result and the next prompt for Mistral", () => {
  const history = [
    { prompt: "hi", turn: turnOf({ parts: [{ ...call, callId: "abcDEF123" }] }) },
    { prompt: "next", turn: turnOf() },
  ];
  expect(write("mistral", history)).toEqual({
    messages: [
      hi,
      { role: "assistant", tool_calls: [called("abcDEF123")] },
      result("abcDEF123", "1"),
      { role: "assistant", content: "(no answer)" },
      { role: "user", content: "next" },
    ],
    notes: ["Mistral requires an answer after every tool result, so a short one is inserted."],
  });
});
