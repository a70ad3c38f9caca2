/** `npm run wire:rows`: every edge case of the wire by its number, with the tests that promise it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import * as z from "zod";

import { type RowResult, wireRows } from "./wire-row-results";

const reportSchema = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) }),
  ),
});

function main(): number {
  const folder = mkdtempSync(path.join(tmpdir(), "vitrine-rows-"));
  try {
    const report = path.join(folder, "report.json");
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "-t", "wire:B\\d", "lib", "scripts"];
    spawnSync(process.execPath, [...vitest, "--reporter=json", `--outputFile=${report}`], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    return print(wireRows(tests));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(rows: readonly RowResult[]): number {
  for (const { row, state, titles } of rows) {
    console.log(`B${String(row).padEnd(3)} ${state.padEnd(7)} ${titles.join("; ") || "no test"}`);
  }
  const count = (state: RowResult["state"]) => rows.filter((row) => row.state === state).length;
  console.log(`\n${count("passed")} passed, ${count("failed") + count("missing")} failed`);
  return rows.every(({ state }) => state === "passed") ? 0 : 1;
}

process.exitCode = main();
