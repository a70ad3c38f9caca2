import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bestOf } from "./best-of";
import type { Figure, FigureSource } from "./figure";
import { formatRate, formatSeconds } from "./format-number";

function figure(value: number | null, source: FigureSource = "measured"): Figure {
  return { value, source: value === null ? "unknown" : source, explain: "" };
}

const RATE = { wins: "highest", write: formatRate } as const;
const TIME = { wins: "lowest", write: formatSeconds } as const;

describe("bestOf", () => {
  it.each([
    ["the highest rate", RATE, [58, 92, 71], 1],
    ["the shortest time", TIME, [310, 290, 900], 1],
    ["the best of those that are known", RATE, [null, 40, 30], 1],
    ["nothing with one known figure", RATE, [null, 40], null],
    ["nothing with no figure", TIME, [], null],
    ["nothing where two look the same as written", RATE, [59.3, 58.8, 12], null],
    ["a figure that is alone at the top, whatever ties below it", RATE, [92, 59.3, 58.8], 0],
  ])("is %s", (_, best, values, index) => {
    expect(
      bestOf(
        values.map((value) => figure(value)),
        best,
      ),
    ).toBe(index);
  });

  it("compares nothing that was determined in different ways", () => {
    expect(bestOf([figure(92, "server"), figure(40, "measured")], RATE)).toBeNull();
    expect(bestOf([figure(92, "server"), figure(40, "server")], RATE)).toBe(0);
  });

  it("is better than every other as written, or there is none", () => {
    const value = fc.option(fc.double({ min: 0.1, max: 2000, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), (values) => {
        const index = bestOf(
          values.map((each) => figure(each)),
          RATE,
        );
        const known = values.filter((each) => each !== null);
        const top = Math.max(...known);
        const alone = known.filter((each) => formatRate(each) === formatRate(top)).length === 1;
        expect(index).toBe(known.length > 1 && alone ? values.indexOf(top) : null);
      }),
    );
  });
});
