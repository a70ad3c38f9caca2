import { expect, it } from "vitest";

import { axisEndMs } from "./use-row-scales";

it("the axis of a row holds every length and ends at a round number", () => {
  expect([0, 500, 501, 1_200, 2_600, 9_000, 61_000].map((length) => Math.round(axisEndMs(length)))).toEqual([
    500, 500, 600, 1_500, 3_000, 10_000, 80_000,
  ]);
});
