import { expect, it } from "vitest";

import { formatCost, formatCount, formatPlural, formatRate, formatSeconds } from "./format-number";

it.each([
  [null, "–"],
  [0, "0.00 s"],
  [3, "<0.01 s"],
  [312, "0.31 s"],
  [-20, "0.00 s"],
  [99_994, "99.99 s"],
  [99_996, "100 s"],
  [128_400, "128 s"],
  [725_000, "12 min 05 s"],
])("a figure shows %s ms as %s", (ms, text) => {
  expect(formatSeconds(ms)).toBe(text);
});

it.each([
  [null, "–"],
  [0.04, "0.0"],
  [9.44, "9.4"],
  [9.96, "10"],
  [92.4, "92"],
  [1234.5, "1,235"],
])("a figure shows %s tokens per second as %s", (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

it.each([
  [null, "–"],
  [0, "0"],
  [999, "999"],
  [1234, "1,234"],
  [1_234_567, "1,234,567"],
])("a figure shows the count %s as %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

it.each([
  [null, "–"],
  [0, "$0"],
  [1e-12, "<$0.0001"],
  [0.000_099_9, "<$0.0001"],
  [0.0001, "$0.00010"],
  [0.000_227_94, "$0.00023"],
  [0.001_24, "$0.0012"],
  [0.009_94, "$0.0099"],
  [0.009_96, "$0.01"],
  [0.01, "$0.01"],
  [0.123, "$0.12"],
  [0.999, "$1.00"],
  [3.4, "$3.40"],
  [1_234_567.891, "$1,234,567.89"],
])("a figure shows a cost of %s US dollars as %s", (usd, text) => {
  expect(formatCost(usd)).toBe(text);
});

it("a figure has one token and several tokens", () => {
  expect([1, 8, null].map((count) => formatPlural(count, "token"))).toEqual([
    "1 token",
    "8 tokens",
    "– tokens",
  ]);
});
