import { expect, it } from "vitest";

import { ResultFills } from "./result-fills";

const DRAWN = { stepId: "step", callId: "drawn" };
const LATER = { stepId: "step", callId: "later" };
const RAIN = { text: "rain", isError: false };
const SUN = { text: "sun", isError: false };

it("a result that is filled in reaches the fields that are drawn, and those that are drawn later", () => {
  const results = new ResultFills();
  const fields = Object.values({ DRAWN, LATER });
  const seen: string[] = [];
  results.listen(DRAWN, ({ text }) => seen.push(`drawn: ${text}`));
  results.fill(fields, RAIN);
  expect(seen).toEqual(["drawn: rain"]);
  const leave = results.listen(LATER, ({ text }) => seen.push(`later: ${text}`));
  expect(seen).toEqual(["drawn: rain", "later: rain"]);
  leave();
  results.fill(fields, SUN);
  expect(seen).toEqual(["drawn: rain", "later: rain", "drawn: sun"]);
});
