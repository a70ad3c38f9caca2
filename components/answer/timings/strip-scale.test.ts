import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Phase, PhaseKind } from "@/lib/stream/figures/phases";

import { axisMarks, placePhases, stripScale } from "./strip-scale";

function lane(...lengths: readonly (readonly [PhaseKind, number])[]): readonly Phase[] {
  let at = 0;
  return lengths.map(([kind, length]) => {
    const phase = { kind, startMs: at, endMs: at + length, step: 0 };
    at += length;
    return phase;
  });
}

describe("stripScale", () => {
  it("fits the longest lane", () => {
    const lanes = [lane(["waiting", 300], ["answer", 700]), lane(["waiting", 400], ["answer", 1600])];
    expect(stripScale(lanes)).toBe(2000);
  });

  it("cuts the time a person takes to type a result", () => {
    const typed = lane(["answer", 1000], ["tool-wait", 60_000], ["answer", 750]);
    expect(stripScale([typed])).toBe(2000);
    expect(placePhases(typed, 2000)).toEqual([
      { phase: typed[0], at: 0, width: 0.5, cut: false },
      { phase: typed[1], at: 0.5, width: 0.125, cut: true },
      { phase: typed[2], at: 0.625, width: 0.375, cut: false },
    ]);
  });

  it("does not let the first moments fill the strip", () => {
    expect([stripScale([lane(["waiting", 20])]), stripScale([])]).toEqual([500, 500]);
  });

  it("draws one length the same in every lane, and nothing outside the strip", () => {
    const length = fc.integer({ min: 1, max: 90_000 });
    const kind = fc.constantFrom<PhaseKind>("waiting", "prompt", "thinking", "answer", "call", "tool-wait");
    const lanes = fc.array(fc.array(fc.tuple(kind, length), { maxLength: 6 }).map((list) => lane(...list)));
    fc.assert(
      fc.property(lanes, (all) => {
        const scaleMs = stripScale(all);
        for (const drawn of all.flatMap((list) => placePhases(list, scaleMs))) {
          expect(drawn.at + drawn.width).toBeLessThanOrEqual(1 + 1e-9);
          const real = drawn.phase.endMs - drawn.phase.startMs;
          if (!drawn.cut) expect(drawn.width * scaleMs).toBeCloseTo(real, 5);
        }
      }),
    );
  });

  it("keeps a lane that is longer than its axis inside the strip", () => {
    const long = lane(["answer", 3000], ["call", 500]);
    expect(placePhases(long, 1000).map(({ at, width }) => [at, width])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

it.each([
  [500, [200, 400]],
  [1240, [500, 1000]],
  [2400, [1000, 2000]],
  [9000, [2000, 4000, 6000, 8000]],
  [128_000, [50_000, 100_000]],
])("marks an axis of %s ms at round times", (total, marks) => {
  expect(axisMarks(total)).toEqual(marks);
});
