import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sizeWithin, smallerThan } from "./image-size";

const side = fc.integer({ min: 1, max: 16_383 });

describe("a smaller image", () => {
  it.each([
    [4_000, 3_000, 1568, 1568, 1176],
    [3_000, 4_000, 512, 384, 512],
    [10_000, 2, 1024, 1024, 1],
  ])("of %d × %d with its longest side at %d is %d × %d", (width, height, longest, newWidth, newHeight) => {
    expect(sizeWithin({ width, height }, longest)).toEqual({ width: newWidth, height: newHeight });
  });

  it("has its longest side where it was asked for, and no side is lost", () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(1568, 1024, 512), (width, height, longest) => {
        const size = sizeWithin({ width, height }, longest);
        expect(Math.max(size.width, size.height)).toBe(longest);
        expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it("is offered only where it is smaller", () => {
    expect(smallerThan({ width: 1_568, height: 2_000 })).toEqual([1568, 1024, 512]);
    expect(smallerThan({ width: 1_568, height: 10 })).toEqual([1024, 512]);
    expect(smallerThan({ width: 512, height: 512 })).toEqual([]);
  });
});
