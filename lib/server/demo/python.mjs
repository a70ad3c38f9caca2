// @ts-check
import { execFile } from "node:child_process";

import { childEnv } from "./child-env.mjs";
import { failure } from "./problem.mjs";

/** @import { Problem } from "./problem.mjs" */

/**
 * A Python that can install wheels: the command and its first arguments.
 *
 * @typedef {readonly [string, ...string[]]} PythonCommand
 */

/** What one candidate said of itself; null = it does not run. */
/** @typedef {{ readonly version: readonly [number, number], readonly pip: boolean } | null} PythonReport */

const ASK =
  "import importlib.util as u, json, sys; print(json.dumps([*sys.version_info[:2], bool(u.find_spec('pip'))]))";

const NAMES = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];

/** @type {readonly PythonCommand[]} */
const CANDIDATES = [
  ...NAMES.map((name) => /** @type {PythonCommand} */ ([name])),
  ...(process.platform === "win32" ? [/** @type {PythonCommand} */ (["py", "-3"])] : []),
];

/**
 * Finds the first Python ≥ 3.10 that has pip. `report` is for tests.
 *
 * @param {(command: PythonCommand) => Promise<PythonReport>} [report]
 * @returns {Promise<{ readonly ok: true, readonly command: PythonCommand } | { readonly ok: false, readonly problem: Problem }>}
 */
export async function findPython(report = ask) {
  /** @type {string | null} */
  let newest = null;
  /** @type {string | null} */
  let withoutPip = null;
  for (const command of CANDIDATES) {
    const found = await report(command);
    if (found === null) continue;
    const [major, minor] = found.version;
    if (major !== 3 || minor < 10) newest ??= `${major}.${minor}`;
    else if (found.pip) return { ok: true, command };
    else withoutPip ??= `${major}.${minor}`;
  }
  if (withoutPip !== null) {
    return failure(
      `Python ${withoutPip} is here, but not its installer, pip.`,
      "Install pip (Debian, Ubuntu: apt install python3-pip), then try again.",
    );
  }
  const here = newest === null ? "none was found" : `only ${newest} was found`;
  return failure(
    `The demo model needs Python 3.10 or newer, and ${here}.`,
    "Install Python 3, then try again.",
  );
}

/**
 * @param {PythonCommand} command
 * @returns {Promise<PythonReport>}
 */
function ask([file, ...first]) {
  return new Promise((resolve) => {
    const options = { timeout: 10_000, windowsHide: true, env: childEnv(process.env, {}) };
    execFile(file, [...first, "-c", ASK], options, (error, stdout) => {
      resolve(error === null ? readReport(stdout) : null);
    });
  });
}

/**
 * @param {string} stdout
 * @returns {PythonReport}
 */
function readReport(stdout) {
  const match = /^\[(\d+), (\d+), (true|false)\]/.exec(stdout.trim());
  if (match === null) return null;
  return { version: [Number(match[1]), Number(match[2])], pip: match[3] === "true" };
}
