import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import independent from "./__fixtures__/independent.json";
import { groupRate, pairedDifference } from "./bootstrap";
import { compareCase, compareCases, mostPassesThatAreWorse } from "./compare";
import { newcombe, passEvery, wilson } from "./counts";
import { openRandom } from "./random";
import { spearman } from "./spearman";

const EXACT = 9;

describe("numbers that other programs give too", () => {
  it.each(independent.wilson)("Wilson's interval of $passes of $of", ({ low, high, ...count }) => {
    const own = wilson(count);
    expect(own?.low).toBeCloseTo(low, EXACT);
    expect(own?.high).toBeCloseTo(high, EXACT);
  });

  it.each(independent.newcombe)("Newcombe's difference of $reference and $other", (row) => {
    const own = newcombe(toCount(row.reference), toCount(row.other));
    expect(own?.low).toBeCloseTo(row.low, EXACT);
    expect(own?.high).toBeCloseTo(row.high, EXACT);
  });

  it.each(independent.passEvery)("pass^$k of $passes of $of", ({ k, chance, ...count }) => {
    expect(passEvery(count, k)).toBeCloseTo(chance, EXACT);
  });

  it.each(independent.groups)("the interval of a group of prompts with $of trials each", (row) => {
    const own = groupRate(row.passes.map((passes) => ({ passes, of: row.of })));
    expect(Math.abs((own?.low ?? Number.NaN) - row.low)).toBeLessThanOrEqual(0.01);
    expect(Math.abs((own?.high ?? Number.NaN) - row.high)).toBeLessThanOrEqual(0.01);
  });

  it.each(independent.paired)("the difference of two columns with $of trials of each prompt", (row) => {
    const own = pairedDifference(
      row.reference.map((passes, index) => ({
        reference: { passes, of: row.of },
        other: { passes: row.other[index] ?? 0, of: row.of },
      })),
    );
    expect(Math.abs((own?.low ?? Number.NaN) - row.low)).toBeLessThanOrEqual(0.01);
    expect(Math.abs((own?.high ?? Number.NaN) - row.high)).toBeLessThanOrEqual(0.01);
  });

  it.each(independent.spearman)("the rank correlation of $xs and $ys", ({ xs, ys, rho }) => {
    expect(spearman(xs, ys)).toBeCloseTo(rho, EXACT);
  });
});

const count = fc
  .nat({ max: 60 })
  .chain((of) => fc.record({ passes: fc.nat({ max: of }), of: fc.constant(of) }));

describe("for all counts", () => {
  it("an interval lies in [0, 1] and holds the rate", () => {
    fc.assert(
      fc.property(count, (counted) => {
        const interval = wilson(counted);
        if (interval === null) return counted.of === 0;
        const rate = counted.passes / counted.of;
        return interval.low >= 0 && interval.low <= rate && rate <= interval.high && interval.high <= 1;
      }),
    );
  });

  it("a difference turns its sign with its sides", () => {
    fc.assert(
      fc.property(count, count, (one, other) => {
        const [there, back] = [newcombe(one, other), newcombe(other, one)];
        expect(there?.difference ?? 0).toBeCloseTo(-(back?.difference ?? 0), 12);
        expect(there?.low ?? 0).toBeCloseTo(-(back?.high ?? 0), 12);
      }),
    );
  });

  it("pass^k never rises with k", () => {
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 10 }), (counted, k) => {
        const [one, next] = [passEvery(counted, k), passEvery(counted, k + 1)];
        return next === null || (one !== null && next <= one + 1e-12);
      }),
    );
  });
});

describe("words", () => {
  it("say nothing below five trials on a side", () => {
    expect(compareCase({ reference: { passes: 4, of: 4 }, other: { passes: 0, of: 5 } })).toMatchObject({
      word: "not enough",
      why: "few",
    });
  });

  it("call a case worse or better only where the interval leaves 0 out", () => {
    const five = { passes: 5, of: 5 };
    const words = [0, 1, 2, 3, 4, 5].map(
      (passes) => compareCase({ reference: five, other: { passes, of: 5 } }).word,
    );
    expect(words).toEqual(["worse", "worse", "worse", "not enough", "not enough", "not enough"]);
    expect(compareCase({ reference: { passes: 0, of: 5 }, other: five }).word).toBe("better");
    expect(compareCase({ reference: five, other: five })).toMatchObject({ why: "unclear" });
  });

  it("compare groups prompt by prompt, and say nothing below five prompts", () => {
    const lost = { reference: { passes: 1, of: 1 }, other: { passes: 0, of: 1 } };
    const kept = { reference: { passes: 1, of: 1 }, other: { passes: 1, of: 1 } };
    const missing = { reference: { passes: 0, of: 0 }, other: { passes: 0, of: 1 } };
    expect(compareCases([lost, lost, lost, kept, missing])).toMatchObject({ word: "not enough", why: "few" });
    expect(compareCases([lost, lost, lost, lost, kept]).word).toBe("worse");
    expect(compareCases([lost, kept, kept, kept, kept])).toMatchObject({ why: "unclear" });
  });

  it("say nothing of what was not measured, of one trial, or where both sides always pass", () => {
    const [none, one, five] = [
      { passes: 0, of: 0 },
      { passes: 1, of: 1 },
      { passes: 5, of: 5 },
    ];
    const few = { word: "not enough", why: "few" };
    expect(compareCase({ reference: five, other: none })).toEqual({ ...few, difference: null });
    expect(compareCase({ reference: one, other: { passes: 0, of: 1 } })).toMatchObject(few);
    expect(compareCases([])).toEqual({ ...few, difference: null });
    expect(compareCases(Array.from({ length: 9 }, () => ({ reference: none, other: five })))).toEqual({
      ...few,
      difference: null,
    });
    const unclear = { word: "not enough", why: "unclear" };
    expect(compareCase({ reference: five, other: five })).toMatchObject(unclear);
    expect(compareCases(Array.from({ length: 5 }, () => ({ reference: one, other: one })))).toMatchObject(
      unclear,
    );
  });

  it("state what a number of trials can show", () => {
    expect([1, 4, 5, 10, 20].map(mostPassesThatAreWorse)).toEqual([null, null, 2, 6, 15]);
  });
});

it("the same seed draws the same numbers, spread over the whole range", () => {
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => draw(3).filter((value) => Math.floor(value * 10) === tenth).length,
  );
  expect(Math.min(...tenths)).toBeGreaterThan(900);
  expect(Math.max(...tenths)).toBeLessThan(1100);
});

function toCount(pair: readonly number[]) {
  const [passes = 0, of = 0] = pair;
  return { passes, of };
}

function draw(seed: number): readonly number[] {
  const random = openRandom(seed);
  return Array.from({ length: 10_000 }, random);
}
