import { describe, expect, it } from "vitest";

import { type AnthropicCase, anthropicInput } from "@/lib/providers/dialects/__fixtures__/anthropic-input";
import { tool, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup } from "@/lib/providers/provider";
import type { ToolChoice } from "@/lib/tools/tool";

import { anthropicDialect } from "./dialect";
import { writeAnthropic } from "./writer";

const PROMPT = [{ prompt: "hi", turn: turnOf() }];
const MESSAGES = [{ role: "user", content: [{ type: "text", text: "hi" }] }];

function write(input: AnthropicCase) {
  return writeAnthropic(anthropicInput({ history: PROMPT, ...input }));
}

/** The body without what every request has, and the notes. */
function written(lane: Partial<LaneSetup>, more: Omit<AnthropicCase, "lane"> = {}) {
  const { body, notes } = write({ lane, ...more });
  const { model: _model, messages: _messages, stream: _stream, ...fields } = body;
  return { ...fields, notes };
}

const enabled = (budget: number) => ({ type: "enabled", budget_tokens: budget });
const effort = (value: string) => ({ output_config: { effort: value } });

it("the writer makes the whole body of a lane with nothing set", () => {
  expect(write({})).toEqual({
    body: { model: "claude-sonnet-4-5", messages: MESSAGES, max_tokens: 16_000, stream: true },
    notes: [],
  });
});

it("the writer sends the system prompt, a person's limit and what llama.cpp needs no limit for", () => {
  expect(written({ system: "Be brief.", maxTokens: 50 })).toEqual({
    system: "Be brief.",
    max_tokens: 50,
    notes: [],
  });
  expect(written({ provider: "llamacpp", model: "m" })).toEqual({ notes: [] });
});

describe("Vertex AI", () => {
  it("has the model in the address and the version in the body", () => {
    const quirks = anthropicInput({ quirks: { requestShape: "vertex" } }).quirks;
    const model = "claude-3-7-sonnet@20250219";
    expect(write({ lane: { model }, quirks }).body).toEqual({
      anthropic_version: "vertex-2023-10-16",
      messages: MESSAGES,
      max_tokens: 16_000,
      stream: true,
    });
    expect(anthropicDialect.path({ model, stream: true }, quirks)).toBe(`/models/${model}:streamRawPredict`);
    expect(anthropicDialect.path({ model: "a/b?c", stream: false }, quirks)).toBe(
      "/models/a%2Fb%3Fc:rawPredict",
    );
    expect(anthropicDialect.path({ model, stream: true }, anthropicInput({}).quirks)).toBe("/messages");
  });
});

describe("thinking by family", () => {
  const adaptive = { type: "adaptive" };
  const summarized = { type: "adaptive", display: "summarized" };

  it.each<readonly [string, Partial<LaneSetup>, object, readonly string[]]>([
    ["claude-sonnet-4-5", { effort: "none" }, {}, []],
    ["claude-sonnet-4-5", { effort: "medium" }, { thinking: enabled(8192), max_tokens: 24_192 }, []],
    [
      "claude-sonnet-4-5",
      { effort: null, thinkingTokens: 4000 },
      { thinking: enabled(4000), max_tokens: 20_000 },
      [],
    ],
    [
      "claude-3-7-sonnet@20250219",
      { effort: "on" },
      { thinking: enabled(1024), max_tokens: 17_024 },
      [
        "claude-3-7-sonnet@20250219 thinks up to 1024 tokens, its minimum: set a thinking token limit for more.",
      ],
    ],
    [
      "claude-opus-4-20250514",
      { effort: "high", thinkingTokens: 2000 },
      { thinking: enabled(2000), max_tokens: 18_000 },
      ["The effort is not sent: claude-opus-4-20250514 uses the thinking token limit that is set instead."],
    ],
    [
      "claude-sonnet-4-5",
      { thinkingTokens: 10 },
      { thinking: enabled(1024), max_tokens: 17_024 },
      ["The thinking token limit is sent as 1024, Claude's minimum."],
    ],
    [
      "claude-sonnet-4-5",
      { effort: "none", thinkingTokens: 4000 },
      {},
      ["The thinking token limit is not sent: thinking is off."],
    ],
    ["claude-opus-4-6", { effort: "max" }, { thinking: adaptive, ...effort("max") }, []],
    ["claude-opus-4-6", { effort: "on" }, { thinking: adaptive }, []],
    ["claude-sonnet-4-6", { thinkingTokens: 4000 }, { thinking: enabled(4000), max_tokens: 20_000 }, []],
    [
      "claude-sonnet-4.6",
      { effort: "low", thinkingTokens: 4000 },
      { thinking: enabled(4000), max_tokens: 20_000 },
      ["The effort is not sent: claude-sonnet-4.6 accepts an effort or a thinking token limit, not both."],
    ],
    [
      "claude-opus-4-6",
      { effort: "xhigh" },
      {},
      ['The effort "xhigh" is not sent: claude-opus-4-6 accepts low, medium, high, max.'],
    ],
    [
      "us.anthropic.claude-opus-4-7-v1:0",
      { effort: "xhigh" },
      { thinking: summarized, ...effort("xhigh") },
      [],
    ],
    ["claude-opus-4-7", {}, {}, []],
    [
      "claude-opus-4-8",
      { thinkingTokens: 4000 },
      {},
      ["The thinking token limit is not sent: claude-opus-4-8 accepts an effort instead."],
    ],
    ["claude-opus-5", {}, { thinking: summarized }, []],
    ["claude-sonnet-5-5", { effort: "medium" }, { thinking: summarized, ...effort("medium") }, []],
    [
      "claude-fable-5",
      { effort: "none" },
      {},
      ["Thinking is not turned off: claude-fable-5 decides by itself."],
    ],
    [
      "claude-3-haiku-20240307",
      { effort: "high" },
      {},
      ["Effort is not sent: claude-3-haiku-20240307 does not think."],
    ],
    ["minimax-m2", { effort: "high" }, {}, ["Effort is not sent: it is unknown how minimax-m2 accepts it."]],
  ])("%s with %j", (model, lane, fields, notes) => {
    expect(written({ model, ...lane })).toEqual({ max_tokens: 16_000, ...fields, notes });
  });

  it("stays below a person's max tokens, or is not asked for where they leave no room", () => {
    expect(written({ thinkingTokens: 4000, maxTokens: 3000 })).toEqual({
      max_tokens: 3000,
      thinking: enabled(2999),
      notes: ["The thinking token limit is sent as 2999: it must stay below the max tokens."],
    });
    expect(written({ thinkingTokens: 4000, maxTokens: 1024 })).toEqual({
      max_tokens: 1024,
      notes: ["Thinking is not requested: it needs more than 1024 max tokens."],
    });
  });

  it("is asked for of llama.cpp by the template's arguments and the server's limit, both at once", () => {
    const lane = { provider: "llamacpp", model: "m" };
    expect(written({ ...lane, effort: "high", thinkingTokens: 5 })).toEqual({
      chat_template_kwargs: { reasoning_effort: "high" },
      thinking: enabled(5),
      notes: [],
    });
    expect(written({ ...lane, effort: "none", samplers: { chat_template_kwargs: { x: 1 } } })).toEqual({
      chat_template_kwargs: { x: 1, reasoning_effort: "none", enable_thinking: false },
      notes: [],
    });
  });

  it("is not asked for where a limit would be refused: the turn began without signed thinking", () => {
    const parts = [{ call: "f", callId: "a", input: "{}", result: "1" }];
    const foreign = turnOf({ parts, from: { provider: "groq", model: "kimi-k2" } });
    const lane = { thinkingTokens: 4000 };
    const notes = [
      "Thinking is not requested in this step, because the calls it continues came without this model's thinking.",
    ];
    expect(written(lane, { history: [{ prompt: "hi", turn: foreign }] })).toMatchObject({
      max_tokens: 16_000,
      notes,
    });
    const next = { prompt: "more", turn: turnOf() };
    expect(written(lane, { history: [{ prompt: "hi", turn: foreign }, next] })).toMatchObject({
      thinking: enabled(4000),
      notes: [],
    });
  });
});

describe("samplers", () => {
  it("go as they are while the model does not think, unknown ones too", () => {
    const samplers = { temperature: 0.5, top_k: 4, stop_sequences: ["x"], service_tier: "auto" };
    expect(written({ samplers })).toEqual({ max_tokens: 16_000, ...samplers, notes: [] });
  });

  it.each([
    ["claude-sonnet-4-5", { thinkingTokens: 4000 }, "claude-sonnet-4-5 rejects it while thinking"],
    ["claude-opus-4-6", { effort: "low" }, "claude-opus-4-6 rejects it while thinking"],
    ["claude-opus-4-7", {}, "claude-opus-4-7 rejects it"],
  ])("are left out where %s refuses them", (model, lane, why) => {
    const { body, notes } = write({
      lane: { model, ...lane, samplers: { temperature: 0.5, top_p: 0.9, top_k: 3 } },
    });
    expect(["temperature", "top_p", "top_k"].filter((name) => name in body)).toEqual([]);
    const low = `${model} accepts no less than 0.95 while thinking`;
    expect(notes).toEqual([
      `temperature is not sent: ${why}.`,
      `top_p is not sent: ${model === "claude-opus-4-7" ? why : low}.`,
      `top_k is not sent: ${why}.`,
    ]);
  });

  it("leave out top_p beside a temperature, fields of other APIs, and fields of the lane's own", () => {
    const samplers = { temperature: 1, top_p: 0.9, min_p: 0.1, seed: 7, max_tokens: 5, system: "x" };
    expect(written({ samplers })).toEqual({
      max_tokens: 16_000,
      temperature: 1,
      notes: [
        "max_tokens is not sent: the lane's own setting decides it.",
        "system is not sent: the lane's own setting decides it.",
        "top_p is not sent: claude-sonnet-4-5 does not accept top_p together with temperature.",
        "min_p is not sent: Anthropic does not accept it.",
        "seed is not sent: Anthropic does not accept it.",
      ],
    });
  });
});

describe("tools", () => {
  const tools = [tool("f"), tool("g", { description: "", parameters: { properties: {} }, strict: true })];
  const sentF = { name: "f", description: "f it", input_schema: { type: "object" } };
  const sentG = { name: "g", input_schema: { type: "object", properties: {} }, strict: true };
  const lane = { tools: ["f", "g"] };

  it.each<readonly [ToolChoice, object]>([
    [{ kind: "auto" }, { type: "auto" }],
    [{ kind: "none" }, { type: "none" }],
    [{ kind: "required" }, { type: "any" }],
    [
      { kind: "named", name: "g", enforce: false },
      { type: "tool", name: "g" },
    ],
  ])("are sent with the choice %j", (toolChoice, choice) => {
    expect(written({ ...lane, toolChoice }, { tools })).toEqual({
      max_tokens: 16_000,
      tools: [sentF, sentG],
      tool_choice: choice,
      notes: [],
    });
  });

  it("are called one at a time when asked", () => {
    expect(written({ ...lane, parallelToolCalls: false }, { tools })).toMatchObject({
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
    });
    expect(
      written({ ...lane, toolChoice: { kind: "none" }, parallelToolCalls: false }, { tools }),
    ).toMatchObject({
      tool_choice: { type: "none" },
    });
  });

  it("can't be forced while the model thinks", () => {
    const forced = { ...lane, toolChoice: { kind: "required" }, thinkingTokens: 2000 } as const;
    expect(written(forced, { tools })).toMatchObject({
      tool_choice: { type: "auto" },
      notes: ["A tool call can't be forced while the model thinks, so the model may choose."],
    });
    expect(written({ ...forced, provider: "llamacpp", model: "m" }, { tools })).toMatchObject({
      tool_choice: { type: "any" },
      notes: [],
    });
  });

  it("stay out where llama.cpp would call them though told not to, and are never made serial there", () => {
    const llama = { ...lane, provider: "llamacpp", model: "m" };
    expect(written({ ...llama, toolChoice: { kind: "none" } }, { tools })).toEqual({
      notes: ["llama.cpp can't be told not to call tools, so the tools are not sent."],
    });
    expect(written({ ...llama, parallelToolCalls: false }, { tools })).toEqual({
      tools: [sentF, sentG],
      tool_choice: { type: "auto" },
      notes: ["disable_parallel_tool_use is not sent: llama.cpp does not support it."],
    });
  });

  it("that were called before are named again when the lane has none, and may not be called", () => {
    const parts = [{ call: "f", callId: "a", input: "{}", result: "1" }];
    const history = [{ prompt: "hi", turn: turnOf({ parts }) }];
    expect(written({}, { history })).toMatchObject({
      tools: [{ name: "f", input_schema: { type: "object" } }],
      tool_choice: { type: "none" },
    });
    expect(written({ provider: "llamacpp", model: "m" }, { history })).toEqual({ notes: [] });
  });

  it("include the provider's own web search, unless a tool has its name or the provider has none", () => {
    const search = { type: "web_search_20250305", name: "web_search" };
    expect(written({ webSearch: true })).toEqual({
      max_tokens: 16_000,
      tools: [search],
      tool_choice: { type: "auto" },
      notes: [],
    });
    expect(
      written({ webSearch: true, tools: ["web_search"] }, { tools: [tool("web_search")] }).notes,
    ).toEqual(["Web search is not sent: one of the lane's tools has the same name."]);
    expect(written({ webSearch: true, provider: "llamacpp", model: "m" })).toEqual({
      notes: ["Web search is not sent: llama.cpp has no search of its own."],
    });
  });
});
