import { describe, expect, it } from "vitest";

import {
  GEMINI_QUIRKS,
  type GeminiCase,
  geminiInput,
} from "@/lib/providers/dialects/__fixtures__/gemini-input";
import { tool, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { GeminiQuirks, LaneSetup } from "@/lib/providers/provider";
import type { ToolChoice } from "@/lib/tools/tool";

import { writeGemini } from "./writer";

const PROMPT = [{ prompt: "hi", turn: turnOf() }];
const CONTENTS = [{ role: "user", parts: [{ text: "hi" }] }];
const { searchBesideTools: _both, ...WITHOUT_BOTH } = GEMINI_QUIRKS;
const THOUGHTS = { thinkingConfig: { includeThoughts: true } };

function write(input: GeminiCase) {
  return writeGemini(geminiInput({ history: PROMPT, ...input }));
}

/** The body without the contents, and the notes. */
function written(lane: Partial<LaneSetup>, more: Omit<GeminiCase, "lane"> = {}) {
  const { body, notes } = write({ lane, ...more });
  const { contents: _contents, ...fields } = body;
  return { ...fields, notes };
}

describe("the body", () => {
  it("holds neither the model nor whether to stream, which are in the address", () => {
    expect(write({})).toEqual({ body: { contents: CONTENTS, generationConfig: THOUGHTS }, notes: [] });
    expect(write({ lane: { model: "m" } })).toEqual({ body: { contents: CONTENTS }, notes: [] });
  });

  it("has the system prompt apart from the contents", () => {
    expect(write({ lane: { model: "m", system: "Be brief." } }).body).toEqual({
      systemInstruction: { parts: [{ text: "Be brief." }] },
      contents: CONTENTS,
    });
    expect(written({ model: "m", system: " \n" })).toEqual({ notes: [] });
  });

  it("carries the extra fields of the provider", () => {
    expect(written({ model: "m" }, { quirks: { extra: { labels: { app: "x" } } } })).toEqual({
      labels: { app: "x" },
      notes: [],
    });
  });
});

describe("samplers", () => {
  it("get the names that Gemini has for them, and unknown ones go with them", () => {
    const samplers = {
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      seed: 7,
      stop: ["END"],
      presence_penalty: 1,
      frequency_penalty: -1,
      logprobs: true,
      top_logprobs: 5,
      responseMimeType: "application/json",
      mood: null,
    };
    expect(written({ model: "m", samplers, maxTokens: 100 })).toEqual({
      generationConfig: {
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        seed: 7,
        stopSequences: ["END"],
        presencePenalty: 1,
        frequencyPenalty: -1,
        responseLogprobs: true,
        logprobs: 5,
        responseMimeType: "application/json",
        mood: null,
        maxOutputTokens: 100,
      },
      notes: [],
    });
  });

  it("that stop at one text are sent as a list", () => {
    expect(written({ model: "m", samplers: { stop: "END" } })).toEqual({
      generationConfig: { stopSequences: ["END"] },
      notes: [],
    });
  });

  it("that belong beside the configuration stand there", () => {
    const safetySettings = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }];
    expect(written({ model: "m", samplers: { safetySettings } })).toEqual({ safetySettings, notes: [] });
  });

  it("that the provider or the lane's own settings refuse are left out with a note", () => {
    const samplers = { min_p: 0.1, contents: [], ["__proto__"]: 1, tools: [] };
    expect(written({ model: "m", samplers: JSON.parse(JSON.stringify(samplers)) })).toEqual({
      notes: [
        expect.stringMatching(/^min_p is not sent: Gemini /),
        "contents among the samplers is not sent: the lane's own setting decides it.",
        "tools among the samplers is not sent: the lane's own setting decides it.",
      ],
    });
  });

  it("may hold a thinking configuration, where no effort and no limit is set", () => {
    const samplers = { thinkingConfig: { thinkingBudget: 77 } };
    expect(written({ samplers })).toEqual({ generationConfig: samplers, notes: [] });
    expect(written({ samplers, effort: "low" })).toEqual({
      generationConfig: { thinkingConfig: { includeThoughts: true, thinkingLevel: "low" } },
      notes: [],
    });
  });
});

const config = (functionCallingConfig: object) => ({ toolConfig: { functionCallingConfig } });

describe("tools", () => {
  const tools = [tool("add"), tool("weather", { parameters: { type: "object", $defs: { x: {} } } })];
  const both = { model: "m", tools: ["add", "weather"] };
  const declared = [
    { name: "add", description: "add it", parametersJsonSchema: { type: "object" } },
    {
      name: "weather",
      description: "weather it",
      parametersJsonSchema: { type: "object", $defs: { x: {} } },
    },
  ];

  it("are declared with their JSON Schema as it is", () => {
    expect(written(both, { tools })).toEqual({
      tools: [{ functionDeclarations: declared }],
      ...config({ mode: "AUTO" }),
      notes: [],
    });
    expect(written({ model: "m" }, { tools })).toEqual({ notes: [] });
  });

  it.each<readonly [ToolChoice, object]>([
    [{ kind: "none" }, { mode: "NONE" }],
    [{ kind: "required" }, { mode: "ANY" }],
    [
      { kind: "named", name: "add", enforce: false },
      { mode: "ANY", allowedFunctionNames: ["add"] },
    ],
  ])("are chosen as %j says", (toolChoice, expected) => {
    expect(written({ ...both, toolChoice }, { tools })).toEqual({
      tools: [{ functionDeclarations: declared }],
      ...config(expected),
      notes: [],
    });
  });

  it("are one tool that must be called, where a named choice is enforced", () => {
    const toolChoice: ToolChoice = { kind: "named", name: "add", enforce: true };
    expect(written({ ...both, toolChoice }, { tools })).toEqual({
      tools: [{ functionDeclarations: declared.slice(0, 1) }],
      ...config({ mode: "ANY" }),
      notes: [],
    });
  });

  it("that cannot be sent cannot be chosen by name either", () => {
    const odd = [tool("add"), tool("weather", { name: "the weather" })];
    const toolChoice: ToolChoice = { kind: "named", name: "the weather", enforce: false };
    expect(written({ ...both, toolChoice }, { tools: odd })).toEqual({
      tools: [{ functionDeclarations: declared.slice(0, 1) }],
      ...config({ mode: "AUTO" }),
      notes: [
        "The tool the weather is not sent: Gemini accepts only names of up to 64 letters, digits and _ . : -.",
        "The required tool, the weather, is not on in this lane, so the model may choose.",
      ],
    });
  });

  it("with settings or names that Gemini does not have are told of", () => {
    const odd = [tool("add", { strict: true }), tool("weather", { name: "the weather" })];
    expect(written({ ...both, parallelToolCalls: false }, { tools: odd })).toEqual({
      tools: [{ functionDeclarations: declared.slice(0, 1) }],
      ...config({ mode: "AUTO" }),
      notes: [
        "The tool the weather is not sent: Gemini accepts only names of up to 64 letters, digits and _ . : -.",
        "parallel_tool_calls is not sent: Gemini has no such setting.",
        "strict is not sent: Gemini has no such setting.",
      ],
    });
  });
});

describe("the provider's web search", () => {
  const search = { model: "gemini-2.5-flash", webSearch: true, samplers: { thinkingConfig: {} } };
  const tools = [tool("add")];
  const declared = [{ name: "add", description: "add it", parametersJsonSchema: { type: "object" } }];
  const rest = { generationConfig: { thinkingConfig: {} } };

  it("is asked for alone", () => {
    expect(written(search)).toEqual({ tools: [{ googleSearch: {} }], ...rest, notes: [] });
  });

  it("is asked for beside tools from Gemini 3 on", () => {
    const lane = { ...search, model: "gemini-3-pro-preview", tools: ["add"] };
    expect(written(lane, { tools })).toEqual({
      tools: [{ functionDeclarations: declared }, { googleSearch: {} }],
      toolConfig: { functionCallingConfig: { mode: "AUTO" }, includeServerSideToolInvocations: true },
      ...rest,
      notes: [],
    });
  });

  it.each<readonly [string, string, GeminiQuirks]>([
    ["by the model", "gemini-2.5-flash", GEMINI_QUIRKS],
    ["at the provider", "gemini-3-pro-preview", WITHOUT_BOTH],
  ])("is left out beside tools where that is refused %s", (_where, model, quirks) => {
    const input = geminiInput({ history: PROMPT, lane: { ...search, model, tools: ["add"] }, tools });
    const { body, notes } = writeGemini({ ...input, quirks });
    expect([body["tools"], body["toolConfig"], notes]).toEqual([
      [{ functionDeclarations: declared }],
      { functionCallingConfig: { mode: "AUTO" } },
      [`Web search is not requested: ${model} does not accept it together with tools.`],
    ]);
  });

  it("is left out where the provider has none", () => {
    const { webSearch: _search, ...quirks } = GEMINI_QUIRKS;
    expect(writeGemini({ ...geminiInput({ lane: search, history: PROMPT }), quirks })).toEqual({
      body: { contents: CONTENTS, ...rest },
      notes: ["Web search is not requested: Gemini has none."],
    });
  });
});
