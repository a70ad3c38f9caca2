import { describe, expect, it } from "vitest";

import { anthropicInput } from "@/lib/providers/dialects/__fixtures__/anthropic-input";
import { turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { PastTurn } from "@/lib/providers/provider";

import { writeAnthropic } from "./writer";

const MODEL = "claude-sonnet-4-5";
const HERE = { provider: "anthropic", dialect: "anthropic", model: MODEL };
const ELSEWHERE = { provider: "groq", dialect: "chat-completions", model: "kimi-k2" };
const LLAMA = { provider: "llamacpp", dialect: "anthropic", model: "m" };

function write(history: readonly PastTurn[], provider: "anthropic" | "llamacpp" = "anthropic") {
  const model = provider === "anthropic" ? MODEL : "m";
  const { body, notes } = writeAnthropic(anthropicInput({ history, lane: { provider, model } }));
  return { messages: body["messages"], notes };
}

const user = (...content: readonly object[]) => ({ role: "user", content });
const assistant = (...content: readonly object[]) => ({ role: "assistant", content });
const text = (words: string) => ({ type: "text", text: words });
const called = (id: string, input: object = {}, name = "f") => ({ type: "tool_use", id, name, input });
const result = (id: string, content: string, more: object = {}) => ({
  type: "tool_result",
  tool_use_id: id,
  content,
  ...more,
});
const thought = (words: string, signature: string) => ({
  reasoning: words,
  replay: { type: "replay" as const, id: "", item: { type: "thinking", signature } },
});
const call = { call: "f", callId: "toolu_1", input: "{}", result: "1" };
const hi = user(text("hi"));

describe("a turn that continues", () => {
  it("sends signed thinking first, then text and calls, and all results in one user message", () => {
    const turn = turnOf({
      from: HERE,
      parts: [
        thought("Two things.", "SIG"),
        { text: "Let me see." },
        { call: "f", callId: "toolu_1", input: '{"x": 1.0}', result: "5" },
        { call: "g", callId: "toolu_2", input: "", result: "6" },
      ],
    });
    expect(write([{ prompt: "hi", turn }])).toEqual({
      messages: [
        hi,
        assistant(
          { type: "thinking", thinking: "Two things.", signature: "SIG" },
          text("Let me see."),
          called("toolu_1", { x: 1 }),
          called("toolu_2", {}, "g"),
        ),
        user(result("toolu_1", "5"), result("toolu_2", "6")),
      ],
      notes: [],
    });
  });

  it("puts the next prompt behind the results, in the same message", () => {
    const images = [{ mediaType: "image/png", base64: "QUJD" }];
    const history = [
      { prompt: "hi", turn: turnOf({ from: HERE, parts: [call] }) },
      { prompt: "and now?", images, turn: turnOf() },
    ];
    expect(write(history)).toEqual({
      messages: [
        hi,
        assistant(called("toolu_1")),
        user(
          result("toolu_1", "1"),
          { type: "image", source: { type: "base64", media_type: "image/png", data: "QUJD" } },
          text("and now?"),
        ),
      ],
      notes: [],
    });
  });

  it.each(["", "0", "false", "null"])("sends the falsy result %j as it is", (output) => {
    const turn = turnOf({ from: HERE, parts: [{ ...call, result: output }] });
    expect(write([{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      assistant(called("toolu_1")),
      user(result("toolu_1", output)),
    ]);
  });

  it.each([
    ["no such place", "no such place"],
    ["", "Error"],
  ])("flags the error %j as one, and never without words", (output, content) => {
    const turn = turnOf({ from: HERE, parts: [{ ...call, result: output, isError: true }] });
    expect(write([{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      assistant(called("toolu_1")),
      user(result("toolu_1", content, { is_error: true })),
    ]);
  });

  it("says in the text that a result is an error where the flag never reaches the model", () => {
    const turn = turnOf({ from: LLAMA, parts: [{ ...call, result: "no such place", isError: true }] });
    expect(write([{ prompt: "hi", turn }], "llamacpp").messages).toEqual([
      hi,
      assistant(called("toolu_1")),
      user(result("toolu_1", "Error: no such place", { is_error: true })),
    ]);
  });

  it("sends {} for arguments that do not parse, and tells the model", () => {
    const turn = turnOf({ from: HERE, parts: [{ ...call, input: '{"city": Flo' }] });
    expect(write([{ prompt: "hi", turn }])).toEqual({
      messages: [
        hi,
        assistant(called("toolu_1")),
        user(
          result(
            "toolu_1",
            "The arguments of this call were not a valid JSON object; {} stands in their place.\n1",
          ),
        ),
      ],
      notes: ["The arguments for f are not valid JSON: {} is sent back instead, and the model is told."],
    });
  });
});

describe("thinking", () => {
  it("goes back redacted or without text exactly as received", () => {
    const redacted = { type: "redacted_thinking", data: "ENC" };
    const turn = turnOf({
      from: HERE,
      parts: [
        { reasoning: "", replay: { type: "replay", id: "", item: redacted } },
        thought("", "SIG"),
        call,
      ],
    });
    expect(write([{ prompt: "hi", turn }]).messages).toEqual([
      hi,
      assistant(redacted, { type: "thinking", thinking: "", signature: "SIG" }, called("toolu_1")),
      user(result("toolu_1", "1")),
    ]);
  });

  it.each([
    ["another provider", ELSEWHERE],
    ["another model", { ...HERE, model: "claude-opus-4-1" }],
    ["another dialect", { ...HERE, dialect: "chat-completions" }],
  ])("of %s stays out with its signature, and the lane says so", (_whose, from) => {
    const turn = turnOf({ from, parts: [thought("why", "SIG"), call] });
    expect(write([{ prompt: "hi", turn }])).toEqual({
      messages: [hi, assistant(called("toolu_1")), user(result("toolu_1", "1"))],
      notes: ["Reasoning that this model did not sign is not sent back."],
    });
  });

  it("goes unsigned to a server that takes it so, for the turns that need it", () => {
    const history = [
      { prompt: "a", turn: turnOf({ from: ELSEWHERE, parts: [{ reasoning: "old" }, { text: "A" }] }) },
      { prompt: "b", turn: turnOf({ from: HERE, parts: [thought("why", "SIG"), call] }) },
    ];
    expect(write(history, "llamacpp")).toEqual({
      messages: [
        user(text("a")),
        assistant(text("A")),
        user(text("b")),
        assistant({ type: "thinking", thinking: "why" }, called("toolu_1")),
        user(result("toolu_1", "1")),
      ],
      notes: ["Reasoning of earlier turns without tool calls is not sent back."],
    });
  });

  it("never ends an answer", () => {
    const turn = turnOf({ from: HERE, parts: [{ text: "A" }, thought("Hm", "SIG")], end: "stop" });
    expect(
      write([
        { prompt: "hi", turn },
        { prompt: "go on", turn: turnOf() },
      ]).messages,
    ).toEqual([hi, assistant(text("A")), user(text("go on"))]);
  });
});

describe("what another provider left", () => {
  it("has its ids rewritten to what the API accepts, and its calls put last", () => {
    const turn = turnOf({
      from: ELSEWHERE,
      parts: [{ ...call, callId: "functions.f:0" }, { text: "Wait." }, { ...call, callId: null }],
    });
    expect(write([{ prompt: "hi", turn }])).toEqual({
      messages: [
        hi,
        assistant(text("Wait."), called("call_1"), called("call_2")),
        user(result("call_1", "1"), result("call_2", "1")),
      ],
      notes: ["Tool call ids were rewritten to be valid and unique."],
    });
  });

  it("has the name of a called tool made acceptable", () => {
    const turn = turnOf({ from: ELSEWHERE, parts: [{ ...call, call: "a.b c" }] });
    expect(write([{ prompt: "hi", turn }])).toEqual({
      messages: [hi, assistant(called("toolu_1", {}, "a_b_c")), user(result("toolu_1", "1"))],
      notes: ['The called tool "a.b c" is named a_b_c in the history, because the API rejects its name.'],
    });
  });

  it("loses the calls that the other provider ran", () => {
    const search = { search: "web_search", replay: [{ type: "web_search_call" }, { type: "x" }] };
    const turn = turnOf({ from: ELSEWHERE, parts: [search, { text: "A" }] });
    expect(
      write([
        { prompt: "hi", turn },
        { prompt: "more", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [hi, assistant(text("A")), user(text("more"))],
      notes: ["The call to web_search that a provider ran is not sent back."],
    });
  });
});

describe("calls that the provider ran, and citations", () => {
  const asked = { type: "server_tool_use", id: "srv_1", name: "web_search", input: { query: "q" } };
  const found = { type: "web_search_tool_result", tool_use_id: "srv_1", content: [] };
  const citations = [
    { type: "web_search_result_location", url: "https://a.example/", encrypted_index: "IDX" },
  ];
  const cited = {
    text: "So 14 \n 15.",
    replay: [
      { type: "citations", start: 3, end: 5, citations },
      { type: "citations", start: 8, end: 10, citations },
    ],
  };

  it("are sent back whole, with the text split as received", () => {
    const parts = [{ search: "web_search", replay: [asked, found] }, cited];
    const history = [
      { prompt: "hi", turn: turnOf({ from: HERE, parts }) },
      { prompt: "more", turn: turnOf() },
    ];
    expect(write(history)).toEqual({
      messages: [
        hi,
        assistant(
          asked,
          found,
          text("So "),
          { ...text("14 \n "), citations },
          { ...text("15"), citations },
          text("."),
        ),
        user(text("more")),
      ],
      notes: [],
    });
  });

  it("stay out where the step ended before the result; citations of others stay out", () => {
    const cut = turnOf({
      from: HERE,
      parts: [{ text: "A" }, { search: "web_search", replay: [asked] }],
      end: "cut",
    });
    const foreign = turnOf({ from: ELSEWHERE, parts: [cited] });
    expect(
      write([
        { prompt: "a", turn: cut },
        { prompt: "b", turn: foreign },
        { prompt: "c", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [
        user(text("a")),
        assistant(text("A")),
        user(text("b")),
        assistant(text("So 14 \n 15.")),
        user(text("c")),
      ],
      notes: [
        "The call to web_search that a provider ran is not sent back.",
        "The part of a cut-off answer that arrived is sent back.",
      ],
    });
  });
});

describe("the writer, for steps that did not end well,", () => {
  it("leaves out a step without an answer and sends its prompt with the next", () => {
    expect(
      write([
        { prompt: "one", turn: turnOf({ from: HERE, parts: [], end: "fail" }) },
        { prompt: "two", turn: turnOf({ from: HERE, parts: [thought("Hm", "SIG")], end: "stop" }) },
        { prompt: " ", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [user(text("one"), text("two"), text("(empty)"))],
      notes: [
        "A prompt that got no answer is sent together with the next one.",
        "A step that ended before its answer is not sent back.",
        "An empty prompt is sent as “(empty)”, because the API rejects empty text.",
      ],
    });
  });

  it("keeps the text of a stopped answer, drops its unfinished call, and answers one that got no result", () => {
    const stopped = turnOf({
      from: HERE,
      parts: [{ text: "I look" }, { call: "f", callId: "a", input: '{"x' }],
      end: "stop",
    });
    const waiting = turnOf({ from: HERE, parts: [{ call: "f", callId: "b", input: "{}" }] });
    expect(
      write([
        { prompt: "hi", turn: stopped },
        { prompt: "go on", turn: waiting },
        { prompt: "next", turn: turnOf() },
      ]),
    ).toEqual({
      messages: [
        hi,
        assistant(text("I look")),
        user(text("go on")),
        assistant(called("b")),
        user(result("b", "No result was given for this call."), text("next")),
      ],
      notes: [
        "The unfinished call to f is not sent back.",
        "The part of a cut-off answer that arrived is sent back.",
        "No result was given for f; the model is told.",
      ],
    });
  });
});
