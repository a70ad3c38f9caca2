// @ts-check

/** @import { Stage, StageResult } from "./stages.mjs" */

/**
 * Runs every stage, also after a failed one, so that one run shows everything. A stage that needs what an
 * earlier one did not bring counts as failed without being run, and one that throws counts as failed too.
 * Prints the outcome of each and, as the last line, `N passed, N failed`: stages and tests together.
 *
 * @param {string} root
 * @param {readonly (Stage & { readonly needs?: readonly string[] })[]} stages
 * @param {(line: string) => void} [print]
 * @returns {Promise<number>} the exit code
 */
export async function runStages(root, stages, print = console.log) {
  /** @type {Set<string>} */
  const failures = new Set();
  let passed = 0;
  let failed = 0;
  for (const { name, run, needs = [] } of stages) {
    const missing = needs.find((need) => failures.has(need));
    print(`\n── ${name}${missing === undefined ? "" : `: not run, because "${missing}" failed`}`);
    const { ok, tests } = missing === undefined ? await result(() => run(root), print) : NOT_RUN;
    passed += tests?.passed ?? 0;
    failed += tests?.failed ?? 0;
    if (ok) passed += 1;
    else {
      failed += 1;
      failures.add(name);
    }
  }
  if (failures.size > 0) print(`\nFailed: ${[...failures].join(", ")}`);
  print(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** @type {StageResult} */
const NOT_RUN = { ok: false };

/**
 * The last line must come in any case, so even our own bug only fails its stage.
 *
 * @param {() => StageResult | Promise<StageResult>} run
 * @param {(line: string) => void} print
 * @returns {Promise<StageResult>}
 */
async function result(run, print) {
  try {
    return await run();
  } catch (error) {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { ok: false };
  }
}
