// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { runNpm } from "../start/run.mjs";
import { browserCounts, unitCounts } from "./counts.mjs";

/**
 * One part of the check. `tests` are those it ran, besides itself.
 *
 * @typedef {{ readonly ok: boolean, readonly tests?: import("./counts.mjs").Counts }} StageResult
 * @typedef {{ readonly name: string, readonly run: (root: string) => StageResult | Promise<StageResult> }} Stage
 */

/**
 * A stage that is one of the scripts in package.json.
 *
 * @param {string} name
 * @param {string} script
 * @param {readonly string[]} [parameters]
 * @returns {Stage}
 */
export function scriptStage(name, script, parameters = []) {
  return {
    name,
    run: (root) => ({ ok: runNpm(root, ["run", "--silent", script, "--", ...parameters]) }),
  };
}

/** @type {readonly Stage[]} */
export const QUICK_STAGES = [
  scriptStage("format", "format", ["--check"]),
  scriptStage("lint", "lint"),
  scriptStage("types", "types"),
  scriptStage("dead code", "dead"),
  vitestStage("unit and property tests", "unit"),
];

/** Components in a Chromium: drawn, clicked and typed into, one by one. @type {Stage} */
export const COMPONENT_STAGE = vitestStage("component tests", "components");

/** Copied programs in Python and Node, whose libraries it installs. @type {Stage} */
export const RUNTIME_STAGE = vitestStage("copied programs", "runtimes");

/** @type {Stage} */
export const BROWSER_STAGE = {
  name: "browser tests",
  run: (root) =>
    withReport((report) => {
      process.env["PLAYWRIGHT_JSON_OUTPUT_FILE"] = report;
      const ok = runNpm(root, ["run", "--silent", "e2e", "--", "--reporter=list,json"]);
      return { ok, tests: browserCounts(readJson(report)) };
    }),
};

/**
 * @param {string} name
 * @param {string} script
 * @returns {Stage}
 */
function vitestStage(name, script) {
  return {
    name,
    run: (root) =>
      withReport((report) => {
        const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
        const ok = runNpm(root, ["run", "--silent", script, "--", ...reporters]);
        return { ok, tests: unitCounts(readJson(report)) };
      }),
  };
}

/**
 * @param {(file: string) => StageResult} run
 * @returns {StageResult}
 */
function withReport(run) {
  const folder = mkdtempSync(path.join(tmpdir(), "vitrine-check-"));
  try {
    return run(path.join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {unknown} null when the run ended before it wrote its report
 */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
