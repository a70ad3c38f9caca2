import { describe, expect, it } from "vitest";

import { geminiInput } from "@/lib/providers/dialects/__fixtures__/gemini-input";
import type { LaneSetup } from "@/lib/providers/provider";

import { writeThinkingConfig } from "./effort";

function thinking(lane: Partial<LaneSetup>, quirks = {}) {
  const notes: string[] = [];
  const written = writeThinkingConfig(geminiInput({ lane, quirks }), (text) => void notes.push(text));
  return [written["thinkingConfig"] ?? null, ...notes];
}

const shown = { includeThoughts: true };

describe("where nothing is set", () => {
  it.each(["gemini-2.5-flash", "models/gemini-2.5-pro", "gemini-3-pro-preview", "gemini-3-flash"])(
    "%s shows its thoughts, as it thinks by itself",
    (model) => expect(thinking({ model })).toEqual([shown]),
  );

  it.each(["gemini-2.5-flash-lite", "gemini-2.5-flash-image", "gemini-2.0-flash", "gemma-3-27b-it", "m"])(
    "%s is not asked for thoughts that it may not have",
    (model) => expect(thinking({ model })).toEqual([null]),
  );
});

/** The field, null where none is sent, and the notes. */
type Sent = readonly [object | null, ...string[]];

const ofEffort = (model: string, effort: string, ...sent: Sent) => ({ model, effort, sent });
const ofLimit = (model: string, thinkingTokens: number, ...sent: Sent) => ({ model, thinkingTokens, sent });
const outside = (range: string) => `The thinking token limit is not sent: ${range}, or −1.`;

describe("an effort", () => {
  it.each([
    ofEffort("gemini-2.5-flash", "none", { thinkingBudget: 0 }),
    ofEffort("gemini-2.5-flash", "low", { ...shown, thinkingBudget: 1024 }),
    ofEffort("gemini-2.5-flash-lite", "medium", { ...shown, thinkingBudget: 8192 }),
    ofEffort("gemini-2.5-pro", "high", { ...shown, thinkingBudget: 24_576 }),
    ofEffort(
      "gemini-2.5-pro",
      "none",
      shown,
      "The effort none is not sent: gemini-2.5-pro accepts low, medium, high.",
    ),
    ofEffort("gemini-3-pro-preview", "low", { ...shown, thinkingLevel: "low" }),
    ofEffort(
      "gemini-3-pro-preview",
      "medium",
      shown,
      "The effort medium is not sent: gemini-3-pro-preview accepts low, high.",
    ),
    ofEffort("gemini-3.1-pro-preview", "medium", { ...shown, thinkingLevel: "medium" }),
    ofEffort("gemini-3-flash-preview", "minimal", { ...shown, thinkingLevel: "minimal" }),
    ofEffort(
      "gemini-2.0-flash",
      "high",
      null,
      "Neither effort nor a thinking token limit is sent: gemini-2.0-flash does not think.",
    ),
    ofEffort("m", "some-day", { ...shown, thinkingLevel: "some-day" }),
  ])("of $model at $effort", ({ model, effort, sent }) => {
    expect(thinking({ model, effort })).toEqual(sent);
  });
});

describe("a thinking token limit", () => {
  const pro = outside("gemini-2.5-pro accepts 128 to 32,768");

  it.each([
    ofLimit("gemini-2.5-pro", 128, { ...shown, thinkingBudget: 128 }),
    ofLimit("gemini-2.5-pro", 32_768, { ...shown, thinkingBudget: 32_768 }),
    ofLimit("gemini-2.5-pro", -1, { ...shown, thinkingBudget: -1 }),
    ofLimit("gemini-2.5-pro", 127, shown, pro),
    ofLimit("gemini-2.5-pro", 0, shown, pro),
    ofLimit("gemini-2.5-flash", 0, { thinkingBudget: 0 }),
    ofLimit("gemini-2.5-flash", 24_576, { ...shown, thinkingBudget: 24_576 }),
    ofLimit("gemini-2.5-flash", 24_577, shown, outside("gemini-2.5-flash accepts 0 or 1 to 24,576")),
    ofLimit("gemini-2.5-flash-lite", 511, null, outside("gemini-2.5-flash-lite accepts 0 or 512 to 24,576")),
    ofLimit("gemini-3-pro-preview", 500, { ...shown, thinkingBudget: 500 }),
    ofLimit("gemini-3-pro-preview", 0, shown, outside("gemini-3-pro-preview accepts 1 or more")),
    ofLimit("m", 7, { ...shown, thinkingBudget: 7 }),
  ])("of $model at $thinkingTokens", ({ model, thinkingTokens, sent }) => {
    expect(thinking({ model, thinkingTokens })).toEqual(sent);
  });

  it("is sent instead of an effort, as the two together are refused", () => {
    expect(thinking({ effort: "high", thinkingTokens: 500 })).toEqual([
      { ...shown, thinkingBudget: 500 },
      "Gemini accepts an effort or a thinking token limit, not both: the effort is not sent.",
    ]);
  });

  it("that cannot be sent leaves the effort in its place", () => {
    expect(thinking({ model: "gemini-2.5-pro", effort: "low", thinkingTokens: 1 })).toEqual([
      { ...shown, thinkingBudget: 1024 },
      pro,
    ]);
  });
});

it("the writer sends neither where the provider has no such setting", () => {
  expect(thinking({ effort: "low", thinkingTokens: 500 }, { effortShape: "none" })).toEqual([
    null,
    "Neither effort nor a thinking token limit is sent: Gemini has no such setting.",
  ]);
});
