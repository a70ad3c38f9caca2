import { expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup } from "@/lib/providers/provider";

import { settingLimits } from "./setting-limits";

const limitsOf = (changes: Partial<LaneSetup>) => settingLimits(setup(changes));
const search = (changes: Partial<LaneSetup>) => limitsOf(changes)?.webSearch;

function dialects(changes: Partial<LaneSetup>) {
  const limits = limitsOf(changes);
  return limits && [limits.dialects, limits.dialect];
}

it("the limits of a setup name the dialects there are and the one in use", () => {
  const both = ["chat-completions", "responses"];
  expect(dialects({ provider: "openai" })).toEqual([both, "chat-completions"]);
  expect(dialects({ provider: "azure", dialect: "responses" })).toEqual([both, "responses"]);
  expect(dialects({ provider: "groq", dialect: "responses" })).toEqual([
    ["chat-completions"],
    "chat-completions",
  ]);
  expect(dialects({ provider: "nobody" })).toBeNull();
});

it("the limits of a setup offer a web search only in the dialect that has one", () => {
  expect(search({ provider: "openai" })).toBe(false);
  expect(search({ provider: "openai", dialect: "responses" })).toBe(true);
  expect(search({ provider: "lmstudio", dialect: "responses" })).toBe(false);
});
