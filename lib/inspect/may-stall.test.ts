import { expect, it } from "vitest";

import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

import { isLongEnough, mayStall } from "./may-stall";

const chunks = (...times: readonly number[]) => ({
  chunks: times.map((at) => ({ at, bytes: new Uint8Array(1) })),
});

it.each([
  [
    "reads that follow each other",
    { firstTokenAt: 1_000, lastTokenAt: 1_900 },
    [0, 1_000, 1_450, 1_900],
    false,
  ],
  [
    "a wait for the first word",
    { firstTokenAt: 1_000, lastTokenAt: 1_900 },
    [0, 1_000, 1_450, 1_900, 5_000],
    false,
  ],
  [
    "a wait between words",
    { firstTokenAt: 1_000, lastTokenAt: 1_900 },
    [0, 1_000, 1_100, 1_700, 1_900],
    true,
  ],
  ["an answer without words", { firstTokenAt: null, lastTokenAt: null }, [0, 5_000], false],
])("%s may be a stall: %j %j is %s", (_, step, times, may) => {
  expect(mayStall(step, chunks(...times))).toBe(may);
});

it("an answer of less than half a second has not stalled, nor one of a recording without times", () => {
  const { request } = buildStep();
  expect(isLongEnough({ firstTokenAt: 100, lastTokenAt: 599, request })).toBe(false);
  expect(isLongEnough({ firstTokenAt: 100, lastTokenAt: 600, request })).toBe(true);
  const made = { ...request, hasMadeTimes: true as const };
  expect(isLongEnough({ firstTokenAt: 100, lastTokenAt: 600, request: made })).toBe(false);
});
