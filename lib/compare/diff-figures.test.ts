import { expect, it } from "vitest";

import { type Figure, unknown } from "@/lib/stream/figures/figure";

import { differenceOf } from "./diff-figures";

const figure = (value: number): Figure => ({ value, source: "server", explain: "" });

it.each([
  [100, 112, "+12 %"],
  [100, 60, "−40 %"],
  [10, 31, "3.1 ×"],
  [10, 1_000, "100 ×"],
  [7, 7, "equal"],
  [1_000, 1_004, "about equal"],
  [0, 5, "–"],
  [5, 0, "−100 %"],
])("from %d to %d is %s", (one, other, words) => {
  expect(differenceOf(figure(one), figure(other))).toBe(words);
});

it("an unknown number has no difference", () => {
  expect(differenceOf(figure(1), unknown("why"))).toBe("–");
});
