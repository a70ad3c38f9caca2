import { describe, expect, it } from "vitest";

import { tool, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import { responsesInput, type ResponsesCase } from "@/lib/providers/dialects/__fixtures__/responses-input";
import type { LaneSetup } from "@/lib/providers/provider";

import { writeResponses } from "./writer";

const weather = tool("weather", { parameters: { type: "object", properties: {} } });
const add = tool("add", { strict: true });

function write(given: ResponsesCase = {}) {
  return writeResponses(responsesInput({ history: [{ prompt: "hi", turn: turnOf() }], ...given }));
}
function body(given: ResponsesCase = {}) {
  return write(given).body;
}
function withTools(lane: Partial<LaneSetup>, given: ResponsesCase = {}) {
  return write({ tools: [weather, add], ...given, lane: { tools: ["weather", "add"], ...lane } });
}

const HI = { role: "user", content: [{ type: "input_text", text: "hi" }] };

describe("a request", () => {
  it("asks a reasoning model for its summary and its encrypted reasoning, and to keep nothing", () => {
    expect(write()).toEqual({
      body: {
        model: "gpt-5",
        input: [HI],
        reasoning: { summary: "auto" },
        include: ["reasoning.encrypted_content"],
        store: false,
        stream: true,
      },
      notes: [],
    });
  });

  it("asks a model that does not think for neither", () => {
    expect(body({ lane: { model: "gpt-4o" } })).toEqual({
      model: "gpt-4o",
      input: [HI],
      store: false,
      stream: true,
    });
  });

  it("asks a model it does not know for both once an effort is set", () => {
    expect(Object.keys(body({ lane: { model: "tomorrow-1" } }))).toEqual([
      "model",
      "input",
      "store",
      "stream",
    ]);
    expect(body({ lane: { model: "tomorrow-1", effort: "low" } })).toMatchObject({
      reasoning: { effort: "low", summary: "auto" },
      include: ["reasoning.encrypted_content"],
    });
  });

  it("tells llama.cpp what it reads, with its own extras", () => {
    const lane = { provider: "llamacpp", model: "m", system: "Be brief.", effort: "low", thinkingTokens: 9 };
    expect(body({ lane: { ...lane, samplers: { min_p: 0.1 } } })).toEqual({
      model: "m",
      timings_per_token: true,
      return_progress: true,
      min_p: 0.1,
      input: [{ role: "system", content: "Be brief." }, HI],
      reasoning: { effort: "low" },
      reasoning_budget_tokens: 9,
      store: false,
      stream: true,
    });
  });

  it("caps the output in the dialect's own field, and leaves out what the provider refuses", () => {
    const { body: sent, notes } = write({
      lane: { maxTokens: 400, samplers: { top_k: 3, temperature: 1, made_up: 1 } },
    });
    expect(sent).toMatchObject({ max_output_tokens: 400, made_up: 1 });
    expect([sent["top_k"], sent["temperature"]]).toEqual([undefined, undefined]);
    expect(notes).toEqual([expect.stringContaining("top_k"), expect.stringContaining("temperature")]);
  });

  it("is never told by a sampler to keep the answer or to be other than the lane says", () => {
    const samplers = { store: true, input: "x", model: "y", stream: false };
    const { body: sent, notes } = write({ lane: { samplers } });
    expect(sent).toMatchObject({ store: false, input: [HI], model: "gpt-5", stream: true });
    expect(notes).toHaveLength(4);
  });
});

/** What is asked of the thinking, and the notes. */
const asked = (lane: Partial<LaneSetup>, quirks: ResponsesCase["quirks"] = {}) => {
  const { body: written, notes } = write({ lane, quirks });
  return [written["reasoning"], notes];
};

describe("effort", () => {
  it("goes into reasoning, and none asks for no summary", () => {
    expect(asked({ effort: "high" })).toEqual([{ effort: "high", summary: "auto" }, []]);
    expect(asked({ model: "gpt-5.1", effort: "none" })).toEqual([{ effort: "none" }, []]);
  });

  it("is left out with a note where it would be refused or says nothing", () => {
    expect(asked({ model: "gpt-4o", effort: "high" })).toEqual([
      undefined,
      ["Effort is not sent: gpt-4o does not think."],
    ]);
    expect(asked({ effort: "high" }, { effortShape: "none", summary: false })).toEqual([
      undefined,
      ["Effort is not sent: OpenAI has no effort setting."],
    ]);
    expect(asked({ provider: "llamacpp", model: "qwen3-8b", effort: "on" })).toEqual([
      undefined,
      ['The effort "on" has no word in this wire format: it is left to the model.'],
    ]);
  });

  it("a thinking token limit is sent only where there is a field for it and thinking is on", () => {
    const limited = { thinkingTokens: 100 };
    expect(write({ lane: limited }).notes).toEqual([
      "The thinking token limit is not sent: OpenAI has no such setting.",
    ]);
    const local = write({ lane: { ...limited, provider: "llamacpp", model: "m", effort: "none" } });
    expect([local.body["reasoning_budget_tokens"], local.notes]).toEqual([
      undefined,
      ["The thinking token limit is not sent: thinking is off."],
    ]);
  });
});

const flat = (name: string, strict: boolean, parameters: object = { type: "object" }) => ({
  type: "function",
  name,
  description: `${name} it`,
  parameters,
  strict,
});

describe("tools", () => {
  const both = [flat("weather", false, { type: "object", properties: {} }), flat("add", true)];

  it("are flat, and strict only where that was set", () => {
    expect(withTools({}).body).toMatchObject({ tools: both, tool_choice: "auto" });
  });

  it.each([
    [{ kind: "none" as const }, both, "none"],
    [{ kind: "required" as const }, both, "required"],
    [{ kind: "named" as const, name: "add", enforce: false }, both, { type: "function", name: "add" }],
    [{ kind: "named" as const, name: "add", enforce: true }, [both[1]], "required"],
  ])("the choice %j", (toolChoice, tools, choice) => {
    expect(withTools({ toolChoice }).body).toMatchObject({ tools, tool_choice: choice });
  });

  it("may be called in parallel as the lane says", () => {
    expect(withTools({ parallelToolCalls: false }).body).toMatchObject({ parallel_tool_calls: false });
    const { body: sent, notes } = withTools(
      { parallelToolCalls: true },
      { quirks: { parallelToolCalls: false } },
    );
    expect([sent["parallel_tool_calls"], notes]).toEqual([
      undefined,
      ["parallel_tool_calls is not sent: OpenAI has no such setting."],
    ]);
  });

  it("include the provider's own search where it has one, and its sources are asked for", () => {
    expect(body({ lane: { webSearch: true, model: "gpt-4.1", parallelToolCalls: true } })).toEqual({
      model: "gpt-4.1",
      input: [HI],
      tools: [{ type: "web_search" }],
      tool_choice: "auto",
      include: ["web_search_call.action.sources"],
      store: false,
      stream: true,
    });
    expect(withTools({ webSearch: true }).body).toMatchObject({
      tools: [...both, { type: "web_search" }],
      include: ["reasoning.encrypted_content", "web_search_call.action.sources"],
    });
  });

  it("leave out a search that is not to be had or would stand beside a forced call", () => {
    expect(write({ lane: { webSearch: true, provider: "llamacpp", model: "m" } }).notes).toEqual([
      "Web search is not sent: llama.cpp has none in this wire format.",
    ]);
    const forced = withTools({ webSearch: true, toolChoice: { kind: "named", name: "add", enforce: true } });
    expect([forced.body["tools"], forced.notes]).toEqual([
      [both[1]],
      ["Web search is not sent: a specific tool must be called."],
    ]);
  });
});
