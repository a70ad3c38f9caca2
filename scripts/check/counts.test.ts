import { expect, it } from "vitest";

import { browserCounts, unitCounts } from "./counts.mjs";

it("reads vitest's counts", () => {
  expect(unitCounts({ numPassedTests: 812, numFailedTests: 2, numPendingTests: 1 })).toEqual({
    passed: 812,
    failed: 2,
  });
});

it("takes a browser test that passed only at a second try, or did not run, for a failed one", () => {
  const stats = { expected: 40, unexpected: 1, flaky: 2, skipped: 3 };
  expect(browserCounts({ stats })).toEqual({ passed: 40, failed: 6 });
});

it.each([[null], [{}], ["nothing"], [{ stats: null, numPassedTests: "1" }]])(
  "counts nothing in a report that was not written: %j",
  (report) => {
    expect([unitCounts(report), browserCounts(report)]).toEqual([
      { passed: 0, failed: 0 },
      { passed: 0, failed: 0 },
    ]);
  },
);
