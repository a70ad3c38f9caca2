import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isPause, type Phase, type PhaseKind } from "@/lib/stream/figures/phases";

import { layOutPhases, numberedTicks, placeOnStrip, stepTicks, stripScale, timeTicks } from "./strip-scale";

function lane(...lengths: readonly (readonly [PhaseKind, number])[]): readonly Phase[] {
  let at = 0;
  return lengths.map(([kind, length]) => {
    const phase = { kind, startMs: at, endMs: at + length, step: 0 };
    at += length;
    return phase;
  });
}

/** One phase a step. */
function steps(...lengths: readonly number[]): readonly Phase[] {
  return lane(...lengths.map((length) => ["answer", length] as const)).map((phase, step) => {
    const { kind, startMs, endMs } = phase;
    return { kind, startMs, endMs, step };
  });
}

describe("stripScale", () => {
  it("fits the longest lane", () => {
    const lanes = [lane(["waiting", 300], ["answer", 700]), lane(["waiting", 400], ["answer", 1600])];
    expect(stripScale(lanes)).toBe(2000);
  });

  it("gives a pause a place and no width, however long it was", () => {
    const typed = lane(["answer", 1000], ["person", 60_000], ["answer", 750]);
    expect(stripScale([typed])).toBe(1750);
    expect(layOutPhases(typed, 2000)).toEqual([
      { phase: typed[0], at: 0, width: 0.5 },
      { phase: typed[1], at: 0.5, width: 0 },
      { phase: typed[2], at: 0.5, width: 0.375 },
    ]);
  });

  it("does not let the first moments fill the strip", () => {
    expect([stripScale([lane(["waiting", 20])]), stripScale([])]).toEqual([500, 500]);
  });

  it("draws one length the same in every lane, and nothing outside the strip", () => {
    const length = fc.integer({ min: 1, max: 90_000 });
    const kind = fc.constantFrom<PhaseKind>(
      "waiting",
      "prompt",
      "thinking",
      "answer",
      "call",
      "tool-wait",
      "person",
      "unsent",
    );
    const lanes = fc.array(fc.array(fc.tuple(kind, length), { maxLength: 6 }).map((list) => lane(...list)));
    fc.assert(
      fc.property(lanes, (all) => {
        const scaleMs = stripScale(all);
        for (const drawn of all.flatMap((list) => layOutPhases(list, scaleMs))) {
          expect(drawn.at + drawn.width).toBeLessThanOrEqual(1 + 1e-9);
          const real = isPause(drawn.phase) ? 0 : drawn.phase.endMs - drawn.phase.startMs;
          expect(drawn.width * scaleMs).toBeCloseTo(real, 5);
        }
      }),
    );
  });

  it("keeps a lane that is longer than its axis inside the strip", () => {
    const long = lane(["answer", 3000], ["call", 500]);
    expect(layOutPhases(long, 1000).map(({ at, width }) => [at, width])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

it("a moment lies where its phase is drawn, and one in a pause where the pause stands", () => {
  const list: readonly Phase[] = [
    { kind: "answer", startMs: 0, endMs: 500, step: 0 },
    { kind: "person", startMs: 500, endMs: 9_500, step: 0 },
    { kind: "answer", startMs: 9_500, endMs: 10_000, step: 1 },
  ];
  expect([0, 250, 500, 5_000, 9_500, 9_750, 99_999].map((ms) => placeOnStrip(list, ms, 1_000))).toEqual([
    0, 0.25, 0.5, 0.5, 0.5, 0.75, 1,
  ]);
});

describe("stepTicks", () => {
  it("numbers the beginning of each step", () => {
    expect(stepTicks(layOutPhases(steps(500, 1000, 500), 2000), 3)).toEqual([
      { stepNumber: 1, at: 0 },
      { stepNumber: 2, at: 0.25 },
      { stepNumber: 3, at: 0.75 },
    ]);
  });

  it("numbers nothing in a turn of one step", () => {
    expect(stepTicks(layOutPhases(steps(500), 500), 1)).toEqual([]);
  });

  it("leaves out a number that would lie on another", () => {
    expect(stepTicks(layOutPhases(steps(20, 10, 1970), 2000), 3)).toEqual([{ stepNumber: 1, at: 0 }]);
    const list = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(list, (lengths) => {
        const drawn = layOutPhases(steps(...lengths), stripScale([steps(...lengths)]));
        const ticks = stepTicks(drawn, lengths.length);
        for (const [index, { at }] of ticks.entries())
          expect(at - (ticks[index - 1]?.at ?? -1)).toBeGreaterThanOrEqual(0.04);
      }),
    );
  });
});

describe("timeTicks", () => {
  it("parts an axis at round times, the last at its end", () => {
    const axes = [500, 600, 800, 1_000, 1_500, 2_000, 3_000, 4_000, 150_000];
    expect(axes.map((scaleMs) => timeTicks(scaleMs).map(({ ms }) => ms))).toEqual([
      [100, 200, 300, 400, 500],
      [200, 400, 600],
      [200, 400, 600, 800],
      [200, 400, 600, 800, 1_000],
      [500, 1_000, 1_500],
      [500, 1_000, 1_500, 2_000],
      [1_000, 2_000, 3_000],
      [1_000, 2_000, 3_000, 4_000],
      [50_000, 100_000, 150_000],
    ]);
    expect(timeTicks(2_000).map(({ at }) => at)).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("makes three to seven parts of any axis, and no tick outside it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 9_000_000 }), (scaleMs) => {
        const ticks = timeTicks(scaleMs);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const { ms, at } of ticks) expect([ms > 0, at <= 1 + 1e-9]).toEqual([true, true]);
      }),
    );
  });
});

/** Times with a number on an axis of two seconds, after phases of these lengths. */
function numbered(...lengths: readonly number[]): readonly number[] {
  return numberedTicks(timeTicks(2_000), layOutPhases(steps(...lengths), 2_000)).map(({ ms }) => ms);
}

it("a time is numbered where nothing is drawn", () => {
  expect([numbered(), numbered(300, 500), numbered(1_200), numbered(1_900)]).toEqual([
    [500, 1_000, 1_500, 2_000],
    [1_500, 2_000],
    [1_500, 2_000],
    [],
  ]);
});
