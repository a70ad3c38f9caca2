import { expect, it } from "vitest";

import { wireRows } from "./wire-row-results";

it("the table of rows lists every row with its tests, and a row without one as missing", () => {
  const rows = wireRows([
    { title: "wire:B1 reads usage", status: "passed" },
    { title: "wire:B1 wire:B83 keeps both names", status: "passed" },
    { title: "wire:B2 takes the first id", status: "failed" },
    { title: "wire:B21 orders calls", status: "passed" },
  ]);
  expect(rows).toHaveLength(83);
  expect([rows[0], rows[1], rows[2], rows[82]]).toEqual([
    { row: 1, state: "passed", titles: ["reads usage", "keeps both names"] },
    { row: 2, state: "failed", titles: ["takes the first id"] },
    { row: 3, state: "missing", titles: [] },
    { row: 83, state: "passed", titles: ["keeps both names"] },
  ]);
});
