import { describe, expect, it } from "vitest";

import { inputOf, setup } from "@/lib/providers/dialects/__fixtures__/history";
import { findProvider } from "@/lib/providers/registry";

import { writeEffort } from "./effort";

function effort(provider: string, model: string, value: string | null, thinkingTokens: number | null = null) {
  const found = findProvider(provider);
  if (found === null) throw new Error(`no provider ${provider}`);
  const notes: string[] = [];
  const fields = writeEffort(
    inputOf(found, setup({ provider, model, effort: value, thinkingTokens })),
    (text) => notes.push(text),
  );
  return { fields, notes };
}

describe("effort in each provider's shape", () => {
  it.each([
    [
      "llamacpp",
      "m",
      "high",
      { reasoning_effort: "high", chat_template_kwargs: { reasoning_effort: "high" } },
    ],
    [
      "llamacpp",
      "m",
      "none",
      {
        reasoning_effort: "none",
        chat_template_kwargs: { reasoning_effort: "none", enable_thinking: false },
      },
    ],
    ["llamacpp", "qwen3-8b", "on", { chat_template_kwargs: { enable_thinking: true } }],
    ["vllm", "deepseek-v3.1", "on", { chat_template_kwargs: { enable_thinking: true, thinking: true } }],
    ["openai", "gpt-5", "minimal", { reasoning_effort: "minimal" }],
    ["openrouter", "anthropic/claude-sonnet-4.5", "high", { reasoning: { effort: "high" } }],
    ["openrouter", "z-ai/glm-4.6", "on", { reasoning: { enabled: true } }],
    ["vercel", "openai/gpt-5", "low", { reasoning: { enabled: true, effort: "low" } }],
    ["vercel", "openai/gpt-5.1", "none", { reasoning: { enabled: false } }],
    ["zai", "glm-4.7", "on", { thinking: { type: "enabled" } }],
    ["zai", "glm-5.2", "xhigh", { thinking: { type: "enabled" }, reasoning_effort: "xhigh" }],
    ["deepseek", "deepseek-chat", "max", { thinking: { type: "enabled" }, reasoning_effort: "max" }],
    ["deepseek", "deepseek-chat", "none", { thinking: { type: "disabled" } }],
    ["moonshot", "kimi-k3", "low", { thinking: { type: "enabled" }, reasoning_effort: "low" }],
    ["minimax", "MiniMax-M3", "on", { thinking: { type: "adaptive" } }],
    ["minimax", "MiniMax-M3", "none", { thinking: { type: "disabled" } }],
    ["alibaba", "qwen3-max", "on", { enable_thinking: true }],
    ["alibaba", "qwen3-max", "none", { enable_thinking: false }],
  ])("%s, %s, %s", (provider, model, value, fields) => {
    expect(effort(provider, model, value)).toEqual({ fields, notes: [] });
  });

  it("sends a level as a switch where the model has only a switch, and says so", () => {
    expect(effort("zai", "glm-4.7", "high")).toEqual({
      fields: { thinking: { type: "enabled" } },
      notes: ['Z.ai can only switch thinking on or off here: "high" is sent as on.'],
    });
  });

  it("leaves it out where there is no such setting", () => {
    expect(effort("avian", "kimi-k2.5", "high")).toEqual({
      fields: {},
      notes: ["Effort is not sent: Avian has no effort setting."],
    });
  });
});

describe("the thinking token limit", () => {
  it.each([
    ["llamacpp", "low", 0, { reasoning_budget_tokens: 0, ...effort("llamacpp", "m", "low").fields }],
    ["openrouter", null, 50, { reasoning: { max_tokens: 50 } }],
    ["fireworks", null, 2048, { thinking: { type: "enabled", budget_tokens: 2048 } }],
    ["alibaba", null, 50, { enable_thinking: true, thinking_budget: 50 }],
  ])("%s", (provider, value, tokens, fields) => {
    expect(effort(provider, "m", value, tokens)).toEqual({ fields, notes: [] });
  });

  it("goes before the effort where only one of them may be sent", () => {
    expect(effort("openrouter", "m", "high", 50)).toEqual({
      fields: { reasoning: { max_tokens: 50 } },
      notes: ["OpenRouter accepts an effort or a thinking token limit, not both: the effort is not sent."],
    });
  });

  it("is left out where thinking is off or the provider has none", () => {
    expect(effort("llamacpp", "m", "none", 9).notes).toEqual([
      "The thinking token limit is not sent: thinking is off.",
    ]);
    expect(effort("groq", "m", null, 9)).toEqual({
      fields: {},
      notes: ["The thinking token limit is not sent: Groq has no such setting."],
    });
  });
});
