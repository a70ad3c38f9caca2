import { describe, expect, it } from "vitest";

import { findProvider } from "@/lib/providers/registry";

import { effortFamily, effortOptions } from "./effort";
import { modelName } from "./model-name";
import { thinksByDefault } from "./thinks-by-default";

function options(provider: string, model: string) {
  const found = findProvider(provider);
  if (found === null) throw new Error(provider);
  return effortOptions(found, found.speaks[0].quirks, model);
}

const values = (provider: string, model: string) => options(provider, model).values;
const off = (provider: string, model: string) => options(provider, model).off;

function sentAs(provider: string, model: string) {
  const { sentAs: words, note } = options(provider, model);
  return [words, note];
}

describe("the values of a model", () => {
  it.each([
    ["openai", "gpt-5-mini-2025-08-07", "minimal low medium high"],
    ["openai", "gpt-5.1", "none low medium high"],
    ["openai", "gpt-5.4-nano", "none low medium high xhigh"],
    ["openai", "gpt-5.6", "none low medium high xhigh max"],
    ["openai", "gpt-5-pro", "high"],
    ["openai", "gpt-5.2-pro", "medium high xhigh"],
    ["openai", "o4-mini", "low medium high"],
    ["openai", "gpt-4o", ""],
    ["openai", "gpt-5-chat-latest", ""],
    ["groq", "openai/gpt-oss-120b", "low medium high"],
    ["groq", "qwen/qwen3-32b", "none default"],
    ["llamacpp", "gpt-oss-20b-Q4_K_M.gguf", "low medium high"],
    ["llamacpp", "Qwen3-8B", "none on"],
    ["llamacpp", "smollm2-135m", "none low medium high"],
    ["ollama", "some-model:8b", "none low medium high"],
    ["openrouter", "anthropic/claude-haiku-4.5", "none low medium high"],
    ["openrouter", "anthropic/claude-opus-4.6", "low medium high max"],
    ["openrouter", "anthropic/claude-sonnet-5", "low medium high xhigh max"],
    ["openrouter", "anthropic/claude-3.5-sonnet", ""],
    ["vercel", "google/gemini-3-pro-preview", "low high"],
    ["gemini-compat", "models/gemini-2.5-flash-lite", "none low medium high"],
    ["gemini-compat", "gemini-3.1-pro", "low medium high"],
    ["gemini-compat", "gemini-3-flash", "minimal low medium high"],
    ["xai", "grok-3-mini", "low high"],
    ["xai", "grok-4-fast-reasoning", ""],
    ["xai", "grok-4.3", "none low medium high"],
    ["zai", "glm-4.7-flash", "none on"],
    ["zai", "glm-5.2", "none high xhigh"],
    ["cerebras", "zai-glm-4.7", "none"],
    ["deepseek", "deepseek-chat", "none low high max"],
    ["moonshot", "kimi-k3", "none low high max"],
    ["huggingface", "moonshotai/Kimi-K2-Instruct-0905:groq", ""],
    ["mistral", "magistral-medium-latest", "none high"],
    ["minimax", "MiniMax-M3", "none on"],
    ["avian", "moonshotai/kimi-k2.5", ""],
  ])("%s %s: %s", (provider, model, expected) => {
    expect(values(provider, model).join(" ")).toBe(expected);
  });

  it("of an unknown family are not guessed", () => {
    expect(options("openai", "tomorrow-1")).toEqual({
      values: [],
      verified: false,
      note: "This model's effort values are unknown. What you type is sent as is.",
      sentAs: {},
      off: null,
    });
  });

  it("come with the reason when there are none", () => {
    expect(options("openai", "gpt-4o")).toEqual({
      values: [],
      verified: true,
      note: "This model does not think, so it has no effort setting.",
      sentAs: {},
      off: null,
    });
  });

  it("come with those of other models, which this one does not take, and why", () => {
    expect(off("openai", "gpt-5")).toEqual({
      values: ["none", "xhigh", "max"],
      why: "This model accepts only minimal, low, medium and high.",
    });
    expect(off("zai", "glm-4.7")).toEqual({
      values: ["minimal", "low", "medium", "high", "xhigh", "max"],
      why: "This model has no levels, only on and off.",
    });
    expect(off("zai", "glm-5.2")).toBeNull();
    expect(off("deepseek", "deepseek-chat")).toBeNull();
    expect(off("llamacpp", "smollm2-135m")).toBeNull();
  });
});

describe("what a value costs", () => {
  const budgets = {
    none: "no thinking",
    low: "a thinking budget of 1,024 tokens",
    medium: "a thinking budget of 8,192 tokens",
    high: "a thinking budget of 24,576 tokens",
  };

  it("is a budget where the model takes no level", () => {
    expect(sentAs("vertex-anthropic", "claude-sonnet-4-5@20250929")).toEqual([budgets, null]);
    expect(sentAs("vertex", "gemini-2.5-flash")).toEqual([budgets, null]);
    const { none: _off, ...levels } = budgets;
    expect(sentAs("vertex", "gemini-2.5-pro")).toEqual([levels, "Thinking cannot be turned off."]);
    expect(sentAs("gemini-compat", "gemini-2.5-flash-lite")).toEqual([budgets, null]);
  });

  it("is told of adaptive thinking, and nothing of a level that goes as it is", () => {
    expect(sentAs("vertex-anthropic", "claude-opus-4-6")).toEqual([
      {
        low: "adaptive thinking at effort low",
        medium: "adaptive thinking at effort medium",
        high: "adaptive thinking at effort high",
        max: "adaptive thinking at effort max",
      },
      "Without an effort this model does not think; with one it decides how long.",
    ]);
    expect(sentAs("vertex", "gemini-3-pro-preview")).toEqual([{}, null]);
    expect(sentAs("openai", "gpt-5")).toEqual([{}, null]);
  });

  it("is the gateway's matter where one stands between", () => {
    expect(sentAs("openrouter", "anthropic/claude-haiku-4.5")).toEqual([
      {},
      "The gateway turns the effort into a token limit for this model.",
    ]);
  });
});

it("the list of families finds a family behind vendor, route and case", () => {
  expect(modelName("hf.co/Vendor/Model-X:Q4_K_M")).toBe("model-x");
  expect(modelName("plain")).toBe("plain");
  expect(effortFamily("OpenAI/GPT-OSS-20B:free")?.values).toEqual(["low", "medium", "high"]);
});

it("the list of families knows which models think when nothing is asked", () => {
  expect(["kimi-k2.5", "kimi-k2-0905", "gpt-4o", "tomorrow-1"].map(thinksByDefault)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
