import * as fc from "fast-check";
import { expect, it } from "vitest";

import { RowHeights } from "./row-heights";

it("rows stand below each other, each as high as it was measured, or as estimated", () => {
  const heights = fc.array(fc.record({ index: fc.nat(19), height: fc.integer({ min: 1, max: 90 }) }));
  fc.assert(
    fc.property(heights, fc.integer({ min: 0, max: 900 }), (measured, y) => {
      const rows = new RowHeights(20);
      rows.resize(20);
      const known = Array.from({ length: 20 }, () => 20);
      for (const { index, height } of measured) {
        expect(rows.measure(index, height)).toBe(known[index] !== height);
        known[index] = height;
        rows.top((index * 7) % 21);
      }
      const tops = [0];
      for (const height of known) tops.push((tops.at(-1) ?? 0) + height);
      expect(tops.map((_, index) => rows.top(index))).toEqual(tops);
      expect(rows.total()).toBe(tops.at(-1));
      const at = rows.at(y);
      expect(y >= rows.total() ? at === 19 : rows.top(at) <= y && y < rows.top(at + 1)).toBe(true);
    }),
  );
});

it("rows that come later are as high as estimated, and those that go take their heights with them", () => {
  const rows = new RowHeights(10);
  rows.resize(2);
  rows.measure(1, 30);
  rows.resize(3);
  expect(rows.total()).toBe(50);
  rows.resize(1);
  rows.resize(3);
  expect(rows.total()).toBe(30);
});
