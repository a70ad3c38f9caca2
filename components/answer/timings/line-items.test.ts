import { describe, expect, it } from "vitest";

import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { measureTurn } from "@/lib/stream/figures/measure-turn";
import { buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step } from "@/lib/stream/turn/turn";

import { lineItems } from "./line-items";

function read(step: Step, elapsedMs: number | null = null): readonly string[] {
  return lineItems(measureTurn({ steps: [step] }, cachedTokensOf), elapsedMs, false).map(({ value, words }) =>
    words === "" ? value : `${value} ${words}`,
  );
}

describe("lineItems", () => {
  it("gives the numbers that lanes are compared by first, then how much and how long", () => {
    const finished = buildStep({
      firstTokenAt: 310,
      lastTokenAt: 900,
      parts: [buildReasoning(), buildText()],
      usage: { input: 1512, output: 44, total: 1556, reasoning: 8, cached: 0 },
    });
    expect(read(finished)).toEqual(["71 tok/s", "0.31 s to first token", "44 tokens", "1.00 s"]);
  });

  it("holds nothing that is not known", () => {
    expect(read(buildStep({ firstTokenAt: 310, parts: [buildText()] }))).toEqual([
      "0.31 s to first token",
      "1.00 s",
    ]);
    expect(read(buildStep({ status: { state: "connecting" }, endedAt: null, finish: null }))).toEqual([]);
  });

  it("counts the time so far while the answer comes", () => {
    const running = buildStep({ status: { state: "answering" }, endedAt: null, finish: null });
    expect(read(running, 700)).toEqual(["0.70 s"]);
  });
});
