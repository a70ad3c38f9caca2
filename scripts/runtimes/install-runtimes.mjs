// @ts-check
/** Installs what runs the programs that Vitrine writes: the libraries of Python and Node, and a Node that is new enough. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

import { childEnv } from "../../lib/server/demo/child-env.mjs";
import { findPython } from "../../lib/server/demo/python.mjs";
import { isNewNode, NODE_PACKAGE, runtimePaths } from "./runtime-paths.mjs";

/** @import { PythonCommand } from "../../lib/server/demo/python.mjs" */

/** @typedef {{ readonly python: PythonCommand, readonly packages: string, readonly node: string, readonly modules: string }} Runtimes */

/**
 * Installs what is missing below `root` and returns what to run programs with. Everything goes to a temporary folder that
 * is renamed at the end, so an install that was cut off never looks complete. Throws where something can't be installed.
 *
 * @param {string} root
 * @returns {Promise<Runtimes>}
 */
export async function installRuntimes(root) {
  const paths = runtimePaths(root);
  const python = await findPython();
  if (!python.ok)
    throw new Error("The copied programs are tested with Python 3.11 or newer. Install it, then retry.");
  mkdirSync(paths.home, { recursive: true });
  if (!existsSync(paths.packages)) {
    complete(paths.home, paths.packages, (folder) =>
      installPackages(python.command, paths.requirements, folder),
    );
  }
  if (!existsSync(paths.modules)) {
    complete(paths.home, paths.modules, (folder) => installModules(paths.manifests, folder));
  }
  return { python: python.command, packages: paths.packages, node: paths.node, modules: paths.modules };
}

/**
 * @param {string} home
 * @param {string} target
 * @param {(folder: string) => void} fill
 */
function complete(home, target, fill) {
  const work = mkdtempSync(path.join(home, "tmp-"));
  try {
    fill(work);
    // Two at once install the same files.
    if (!existsSync(target)) renameSync(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {PythonCommand} python
 * @param {string} requirements
 * @param {string} folder
 */
function installPackages([file, ...first], requirements, folder) {
  const quiet = ["--disable-pip-version-check", "--no-input", "--quiet", "--root-user-action", "ignore"];
  const only = ["--no-deps", "--only-binary", ":all:", "--no-compile", "--retries", "2", "--timeout", "20"];
  const target = ["--target", folder, "-r", requirements];
  install("Python's libraries", file, [...first, "-m", "pip", "install", ...quiet, ...only, ...target], {
    PIP_USER: "0",
    PIP_REQUIRE_VIRTUALENV: "0",
  });
}

/**
 * @param {readonly string[]} manifests
 * @param {string} folder
 */
function installModules(manifests, folder) {
  for (const file of manifests) copyFileSync(file, path.join(folder, path.basename(file)));
  const npm = process.env["npm_execpath"];
  const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  // Libraries for a newer Node than this one are meant.
  const quiet = [
    "--silent",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--engine-strict=false",
    "--prefix",
    folder,
  ];
  install("Node's libraries", command, [...first, "ci", ...quiet], {});
  if (isNewNode()) return;
  const { name, version } = NODE_PACKAGE;
  install(`Node ${version}`, command, [...first, "install", ...quiet, "--no-save", `${name}@${version}`], {});
}

/**
 * @param {string} what
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {Readonly<Record<string, string>>} more
 */
function install(what, command, parameters, more) {
  const { status, error, stdout, stderr } = spawnSync(command, parameters, {
    encoding: "utf8",
    env: childEnv(process.env, more),
  });
  if (status === 0) return;
  const words = `${error?.message ?? ""}${stderr ?? ""}${stdout ?? ""}`
    .trim()
    .split("\n")
    .slice(-6)
    .join("\n");
  throw new Error(
    `${what} for the copied programs could not be installed. Check the network, then retry.\n${words}`,
  );
}
