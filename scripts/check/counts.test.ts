import { expect, it } from "vitest";

import { browserCounts, unitCounts } from "./counts.mjs";

it("the count of vitest's tests is read from its report", () => {
  expect(unitCounts({ numPassedTests: 812, numFailedTests: 2, numPendingTests: 1 })).toEqual({
    passed: 812,
    failed: 2,
  });
});

it("the count takes a browser test that passed only at a second try, or did not run, for a failed one", () => {
  const stats = { expected: 40, unexpected: 1, flaky: 2, skipped: 3 };
  expect(browserCounts({ stats })).toEqual({ passed: 40, failed: 6 });
});

it.each([[null], [{}], ["nothing"], [{ stats: null, numPassedTests: "1" }]])(
  "the count of a report that was not written is nothing: %j",
  (report) => {
    expect([unitCounts(report), browserCounts(report)]).toEqual([
      { passed: 0, failed: 0 },
      { passed: 0, failed: 0 },
    ]);
  },
);
