// @ts-check
/** `npm run fuzz -- --runs 100000 [FOLDER…]`: the properties of the wire, the dialects, the fold and the formats of recordings, many times over. */
import { parseArgs } from "node:util";

import { run } from "./start/run.mjs";

const USAGE = "Usage: npm run fuzz -- [--runs N] [FOLDER…]   (N: runs of each property, 10000 by default)";
const FOLDERS = ["lib/stream", "lib/providers", "lib/tape"];

/** @param {readonly string[]} parameters */
function readParameters(parameters) {
  try {
    const options = /** @type {const} */ ({ runs: { type: "string", default: "10000" } });
    const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
    const runs = Number(values.runs);
    return Number.isSafeInteger(runs) && runs > 0 ? { runs, folders: positionals } : null;
  } catch {
    return null;
  }
}

const read = readParameters(process.argv.slice(2));
if (read === null) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  process.env["PROPERTY_RUNS"] = String(read.runs);
  const folders = read.folders.length === 0 ? FOLDERS : read.folders;
  // However long it takes: the number of runs was asked for.
  const ok = run(process.cwd(), process.execPath, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--testTimeout=0",
    ...folders,
  ]);
  process.exitCode = ok ? 0 : 1;
}
