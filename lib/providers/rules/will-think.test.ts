import { expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import { findProvider } from "@/lib/providers/registry";

import { willThink } from "./will-think";

function thinks(
  provider: string,
  model: string,
  effort: string | null,
  thinkingTokens: number | null = null,
) {
  const found = findProvider(provider);
  if (found === null) throw new Error(provider);
  return willThink(found.speaks[0].quirks, setup({ provider, model, effort, thinkingTokens }));
}

it.each([
  ["openai", "gpt-5", null, true],
  ["openai", "gpt-5", "none", false],
  ["openai", "gpt-4o", "low", false],
  ["openai", "tomorrow-1", "low", false],
  ["vertex", "gemini-2.5-pro", null, true],
  ["vertex-anthropic", "claude-sonnet-4-5", null, false],
  ["vertex-anthropic", "claude-sonnet-4-5", "low", true],
  ["vertex-anthropic", "claude-opus-4-7", null, false],
  ["vertex-anthropic", "claude-sonnet-5", null, true],
  ["vertex-anthropic", "claude-3-5-haiku", "low", false],
  ["openrouter", "anthropic/claude-sonnet-4.5", null, true],
])("%s, %s at effort %s: %s", (provider, model, effort, expected) => {
  expect(thinks(provider, model, effort)).toBe(expected);
});

it("a thinking limit counts as asking for thoughts", () => {
  expect(thinks("vertex-anthropic", "claude-sonnet-4-5", null, 2048)).toBe(true);
  expect(thinks("vertex-anthropic", "claude-sonnet-4-5", null, 0)).toBe(false);
});
