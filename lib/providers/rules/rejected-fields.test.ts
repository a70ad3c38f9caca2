import { describe, expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";

import { rejectedFields } from "./rejected-fields";

/** The names refused beyond those that the provider refuses from everybody. */
function refused(provider: string, model: string, changes: Partial<LaneSetup> = {}) {
  const found = findProvider(provider);
  if (found === null) throw new Error(provider);
  const [{ quirks }] = found.speaks;
  return rejectedFields(found, quirks, setup({ provider, model, ...changes }))
    .map(({ name }) => name)
    .filter((name) => !quirks.rejects.includes(name));
}

const claude = (changes: Partial<LaneSetup>) => refused("vertex-anthropic", "claude-sonnet-4-5", changes);

const GPT_5 = ["temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs"];

describe("OpenAI's thinking models", () => {
  it.each([
    ["gpt-5-mini", null, GPT_5],
    ["o4-mini", null, GPT_5],
    ["gpt-5-chat-latest", null, []],
    ["gpt-4o", null, []],
    ["gpt-5.1", null, []],
    ["gpt-5.1", "none", []],
    ["gpt-5.1", "low", GPT_5],
  ])("%s at effort %s take no samplers while they think", (model, effort, names) => {
    expect(refused("openai", model, { effort })).toEqual(names);
    expect(refused("azure", model, { effort })).toEqual(names);
  });
});

describe("xAI", () => {
  it.each([
    ["grok-4", ["presence_penalty", "frequency_penalty", "stop", "reasoning_effort"]],
    ["grok-4-fast-reasoning", ["presence_penalty", "frequency_penalty", "stop", "reasoning_effort"]],
    ["grok-code-fast-1", ["presence_penalty", "frequency_penalty", "stop", "reasoning_effort"]],
    ["grok-3-mini", ["presence_penalty", "frequency_penalty", "stop"]],
    ["grok-4.3", ["presence_penalty", "frequency_penalty", "stop"]],
    ["grok-3", []],
  ])("%s", (model, names) => {
    expect(refused("xai", model)).toEqual(names);
  });
});

describe("Groq", () => {
  it("takes raw reasoning, but not together with tools", () => {
    const samplers = { reasoning_format: "raw" };
    expect(refused("groq", "qwen3", { samplers })).toEqual([]);
    expect(refused("groq", "qwen3", { samplers, tools: ["weather"] })).toEqual(["reasoning_format"]);
    const parsed = { samplers: { reasoning_format: "parsed" }, tools: ["weather"] };
    expect(refused("groq", "qwen3", parsed)).toEqual([]);
  });
});

describe("Claude without a gateway", () => {
  it("takes samplers until it thinks; then only a temperature of 1 and a high top_p", () => {
    expect(claude({})).toEqual([]);
    expect(claude({ effort: "none" })).toEqual([]);
    expect(claude({ effort: "low" })).toEqual(["temperature", "top_k", "top_p"]);
    expect(claude({ thinkingTokens: 2048 })).toEqual(["temperature", "top_k", "top_p"]);
    expect(claude({ effort: "low", samplers: { top_p: 0.95 } })).toEqual(["temperature", "top_k"]);
  });

  it("takes a temperature or top_p, not both", () => {
    expect(claude({ samplers: { temperature: 1, top_p: 0.95 } })).toEqual(["top_p"]);
    expect(claude({ effort: "low", samplers: { temperature: 1, top_p: 0.95 } })).toEqual(["top_k", "top_p"]);
    expect(claude({ effort: "low", samplers: { temperature: 0, top_p: 0.95 } })).toEqual([
      "temperature",
      "top_k",
    ]);
  });

  it("takes none at all from 4.7 on", () => {
    for (const model of ["claude-opus-4-7", "claude-sonnet-5"]) {
      expect(refused("vertex-anthropic", model)).toEqual(["temperature", "top_p", "top_k"]);
    }
  });

  it("is left to the gateway where there is one", () => {
    expect(refused("openrouter", "anthropic/claude-opus-4.7", { effort: "low" })).toEqual([]);
  });
});
