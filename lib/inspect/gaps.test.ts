import { expect, it } from "vitest";

import type { Frame } from "./frame";
import { measureGaps } from "./gaps";

const frame = (at: number, hasWords = true): Frame => ({
  at,
  form: "event",
  text: "",
  bytes: 1,
  kinds: ["text"],
  words: hasWords ? [{ part: "p", from: 0, to: 1 }] : [],
  remarks: [],
});

it("fewer than two pieces have no gaps", () => {
  expect(measureGaps([frame(1), frame(5, false)])).toBeNull();
});

it("gaps are the times between frames with words, and a stall is long in itself and beside the usual gap", () => {
  const times = [...Array.from({ length: 100 }, (_, index) => index * 20), 2_980, 2_980, 3_000];
  const gaps = measureGaps([...times.map((at) => frame(at)), frame(9_000, false)]);
  expect(gaps).toMatchObject({
    count: 102,
    together: 1,
    p50: 20,
    p95: 20,
    max: 1_000,
    stallFrom: 500,
    stalls: [{ from: 1_980, to: 2_980 }],
  });
  expect(gaps?.bars.map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 1, 1],
    [1, 2, 0],
    [2, 5, 0],
    [5, 10, 0],
    [10, 20, 0],
    [20, 50, 100],
    [50, 100, 0],
    [100, 200, 0],
    [200, 500, 0],
    [500, 1_000, 0],
    [1_000, 2_000, 1],
  ]);
});

it("a slow but even stream has no stalls", () => {
  const gaps = measureGaps([0, 800, 1_600, 2_400].map((at) => frame(at)));
  expect(gaps).toMatchObject({ stallFrom: 8_000, stalls: [] });
});
