import * as fc from "fast-check";
import { expect, it } from "vitest";

import { tooltipPosition } from "./tooltip";

const viewport = { width: 360, height: 640 };
const floating = { width: 100, height: 40 };

it("a tooltip is centered above its anchor", () => {
  const anchor = { left: 150, top: 300, width: 20, height: 20 };
  expect(tooltipPosition(anchor, floating, viewport)).toEqual({ left: 110, top: 254 });
});

it("a tooltip goes below where there is no room above", () => {
  const anchor = { left: 150, top: 10, width: 20, height: 20 };
  expect(tooltipPosition(anchor, floating, viewport)).toEqual({ left: 110, top: 36 });
});

it("a tooltip that fits stays inside the viewport, wherever its anchor is", () => {
  const coordinate = fc.integer({ min: -100, max: 800 });
  fc.assert(
    fc.property(coordinate, coordinate, (left, top) => {
      const spot = tooltipPosition({ left, top, width: 20, height: 20 }, floating, viewport);
      expect(spot.left).toBeGreaterThanOrEqual(8);
      expect(spot.left + floating.width).toBeLessThanOrEqual(viewport.width - 8);
      expect(spot.top).toBeGreaterThanOrEqual(8);
      expect(spot.top + floating.height).toBeLessThanOrEqual(viewport.height - 8);
    }),
  );
});
