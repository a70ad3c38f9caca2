// @ts-check
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

import { childEnv } from "./child-env.mjs";
import { failure, pipProblem } from "./problem.mjs";
import { findPython } from "./python.mjs";
import { areWheelsInstalled, llamaPaths } from "./wheels.mjs";

/** @import { Problem } from "./problem.mjs" */
/** @import { PythonCommand } from "./python.mjs" */

/** @typedef {{ readonly ok: true } | { readonly ok: false, readonly problem: Problem }} InstallOutcome */

const PROGRESS_EVERY_MS = 250;

/**
 * Installs the pinned wheels below `root` unless they are there. Everything goes to a temporary folder
 * that is renamed at the end, so an install that was cut off never looks complete, and two at once do
 * not harm each other. pip ends with this process. Never throws for what a machine may lack.
 *
 * @param {string} root the project's folder
 * @param {(receivedBytes: number) => void} [onProgress] bytes downloaded so far, never falling
 * @returns {Promise<InstallOutcome>}
 */
export async function installWheels(root, onProgress = () => {}) {
  if (areWheelsInstalled(root)) return { ok: true };
  const python = await findPython();
  if (!python.ok) return python;
  const { home, wheels } = llamaPaths(root);
  try {
    await mkdir(home, { recursive: true });
    await removeLeftovers(home);
    const work = await mkdtemp(path.join(home, `tmp-${process.pid}-`));
    try {
      const target = path.join(work, "wheels");
      const outcome = await runPip(root, python.command, { work, target, onProgress });
      if (outcome.ok) await moveInto(target, wheels);
      return outcome;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (error) {
    // A read-only folder or a full disk, in the system's words; anything else is a bug of ours.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return failure(
      `The demo model could not be installed: ${error.message}.`,
      "Make the folder .vitrine writable, then try again.",
    );
  }
}

/**
 * @param {string} root
 * @param {PythonCommand} python
 * @param {{ readonly work: string, readonly target: string, readonly onProgress: (bytes: number) => void }} into
 * @returns {Promise<InstallOutcome>}
 */
async function runPip(root, [file, ...first], { work, target, onProgress }) {
  const { scripts, requirements } = llamaPaths(root);
  const downloads = path.join(work, "downloads");
  await mkdir(downloads);
  const child = spawn(
    file,
    [...first, path.join(scripts, "with-parent.py"), "pip", ...pipArguments(target, requirements)],
    // stdin stays open as long as we live: `with-parent.py` ends when it closes
    { stdio: ["pipe", "pipe", "pipe"], windowsHide: true, env: pipEnv(downloads) },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => (output += text));
  }
  const timer = watchDownloads(downloads, onProgress);
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output += `\nERROR: ${error.message}`;
      resolve(1);
    });
    child.once("close", resolve);
  });
  clearInterval(timer);
  return code === 0 ? { ok: true } : pipProblem(output);
}

/**
 * @param {string} target
 * @param {string} requirements
 */
function pipArguments(target, requirements) {
  const quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  const patience = ["--retries", "2", "--timeout", "20"];
  const only = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--no-compile"];
  return ["install", ...quiet, ...patience, ...only, "--target", target, "-r", requirements];
}

/**
 * pip downloads into its temporary folder; giving it one of our own shows how far it is.
 *
 * @param {string} downloads
 */
function pipEnv(downloads) {
  return childEnv(process.env, {
    TMPDIR: downloads,
    TEMP: downloads,
    TMP: downloads,
    LC_ALL: "C",
    PYTHONUTF8: "1",
    // A person's own pip settings that cannot go together with --target.
    PIP_USER: "0",
    PIP_REQUIRE_VIRTUALENV: "0",
  });
}

/**
 * @param {string} folder
 * @param {(bytes: number) => void} onProgress
 */
function watchDownloads(folder, onProgress) {
  let most = 0;
  return setInterval(async () => {
    most = Math.max(most, await bytesOfWheels(folder));
    onProgress(most);
  }, PROGRESS_EVERY_MS);
}

/**
 * @param {string} folder
 * @returns {Promise<number>}
 */
async function bytesOfWheels(folder) {
  try {
    const files = await readdir(folder, { recursive: true });
    const sizes = files.filter((file) => file.endsWith(".whl")).map((file) => stat(path.join(folder, file)));
    return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
  } catch {
    // pip removes files while we look; the next look counts again
    return 0;
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
async function moveInto(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    // Another process was faster, and both installed the same files.
    if (!(await exists(to))) throw error;
  }
}

/** @param {string} file */
async function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Removes what killed installs left behind. Older versions of the wheels stay: a running server may use them.
 *
 * @param {string} home
 */
async function removeLeftovers(home) {
  for (const name of await readdir(home)) {
    const pid = /^tmp-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(path.join(home, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
