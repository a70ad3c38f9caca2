import { expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";

import { requestSettings } from "./request-settings";

const HI = { role: "user", content: "Hi" };

it.each<[string, { readonly [key: string]: Json }, object]>([
  [
    "chat completions",
    {
      model: "m",
      messages: [{ role: "system", content: "Be short." }, HI],
      reasoning_effort: "low",
      max_completion_tokens: 100,
      temperature: 0.5,
      parallel_tool_calls: false,
    },
    { effort: "low", thinkingTokens: null, samplers: { temperature: 0.5 }, parallelToolCalls: false },
  ],
  [
    "Responses",
    {
      input: [{ role: "developer", content: [{ type: "input_text", text: "Be short." }] }, HI],
      reasoning: { effort: "low", summary: "auto" },
      max_output_tokens: 100,
      top_p: 0.9,
    },
    { effort: "low", thinkingTokens: null, samplers: { top_p: 0.9 }, parallelToolCalls: null },
  ],
  [
    "Anthropic Messages",
    {
      system: [{ type: "text", text: "Be short." }],
      messages: [HI],
      max_tokens: 100,
      thinking: { type: "enabled", budget_tokens: 50 },
      top_k: 5,
    },
    { effort: null, thinkingTokens: 50, samplers: { top_k: 5 }, parallelToolCalls: null },
  ],
  [
    "Gemini",
    {
      systemInstruction: { parts: [{ text: "Be short." }] },
      contents: [{ role: "user", parts: [{ text: "Hi" }] }],
      generationConfig: { maxOutputTokens: 100, topP: 0.9, thinkingConfig: { thinkingLevel: "low" } },
    },
    { effort: "low", thinkingTokens: null, samplers: { topP: 0.9 }, parallelToolCalls: null },
  ],
])("a request of %s says how its lane was set", (_dialect, body, settings) => {
  expect(requestSettings(body)).toEqual({ system: "Be short.", maxTokens: 100, ...settings });
});

it("a request that sets nothing leaves everything to the model", () => {
  expect(requestSettings({ model: "m", messages: [HI] })).toEqual({
    system: "",
    effort: null,
    thinkingTokens: null,
    maxTokens: null,
    samplers: {},
    parallelToolCalls: null,
  });
});
