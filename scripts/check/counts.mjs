// @ts-check

/** @typedef {{ readonly passed: number, readonly failed: number }} Counts */

/**
 * Reads vitest's JSON report. Tests that a run skipped count as neither. Pure.
 *
 * @param {unknown} report
 * @returns {Counts}
 */
export function unitCounts(report) {
  return { passed: numberAt(report, "numPassedTests"), failed: numberAt(report, "numFailedTests") };
}

/**
 * Reads Playwright's JSON report. A test that did not run is a failed one: there, it is skipped only
 * because something before it broke. Pure.
 *
 * @param {unknown} report
 * @returns {Counts}
 */
export function browserCounts(report) {
  const stats = valueAt(report, "stats");
  const bad = ["unexpected", "flaky", "skipped"].map((name) => numberAt(stats, name));
  return { passed: numberAt(stats, "expected"), failed: bad.reduce((sum, n) => sum + n, 0) };
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function numberAt(value, name) {
  const number = valueAt(value, name);
  return typeof number === "number" ? number : 0;
}

/**
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
function valueAt(value, name) {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
