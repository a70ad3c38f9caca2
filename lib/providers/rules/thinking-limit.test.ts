import { expect, it } from "vitest";

import { findProvider } from "@/lib/providers/registry";

import { fitsLimit, thinkingLimitOf } from "./thinking-limit";

function limit(provider: string, model: string) {
  const found = findProvider(provider);
  if (found === null) throw new Error(provider);
  return thinkingLimitOf(found, found.speaks[0].quirks, model);
}

const range = (min: number, max: number | null, zero: boolean, partOfOutput = false) => ({
  taken: true,
  range: { min, max, zero, partOfOutput },
});

it.each([
  ["llamacpp", "m", range(-1, null, true)],
  ["fireworks", "m", range(1024, null, false)],
  ["vertex", "gemini-2.5-pro", range(128, 32_768, false)],
  ["vertex", "gemini-2.5-flash", range(1, 24_576, true)],
  ["vertex", "gemini-2.5-flash-lite", range(512, 24_576, true)],
  ["vertex", "gemini-3-pro-preview", range(1, null, false)],
  ["vertex", "tomorrow-1", range(0, null, true)],
  ["vertex-anthropic", "claude-sonnet-4-5", range(1024, null, false, true)],
  ["vertex-anthropic", "claude-opus-4-6", range(1024, null, false, true)],
  [
    "vertex-anthropic",
    "claude-opus-4-7",
    { taken: false, why: "This model has no thinking limit: it decides by itself how long it thinks." },
  ],
  [
    "vertex-anthropic",
    "claude-3-5-haiku",
    { taken: false, why: "This model does not think, so there is nothing to limit." },
  ],
  ["groq", "qwen3", { taken: false, why: "Groq has no thinking limit." }],
])("%s takes for %s a thinking limit as its maker says", (provider, model, expected) => {
  expect(limit(provider, model)).toEqual(expected);
});

it("the thinking limit counts 0 apart from the range", () => {
  const lite = { min: 512, max: 24_576, zero: true, partOfOutput: false };
  expect([0, 1, 511, 512, 24_576, 24_577].filter((tokens) => fitsLimit(tokens, lite))).toEqual([
    0, 512, 24_576,
  ]);
});
