// @ts-check
import path from "node:path";

import { packStatic } from "./pack-static.mjs";
import { run, runNpm } from "./run.mjs";
import { areModulesStale, hashSources, isBuildStale, markBuilt } from "./staleness.mjs";

/**
 * Installs the dependencies when they are missing or older than the lockfile.
 *
 * @param {string} root
 * @returns {boolean} whether they are there now
 */
export function ensureModules(root) {
  if (!areModulesStale(root)) return true;
  console.log("Installing dependencies (npm ci).");
  return runNpm(root, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
}

/**
 * Builds when the build is missing or older than the sources.
 *
 * @param {string} root
 * @returns {Promise<boolean>} whether it is there now
 */
export async function ensureBuild(root) {
  if (!isBuildStale(root)) return true;
  console.log("Building. This takes a minute, and only when something changed.");
  return build(root);
}

/**
 * Builds in any case.
 *
 * @param {string} root
 * @returns {Promise<boolean>}
 */
export async function build(root) {
  const made = hashSources(root);
  if (!run(root, process.execPath, [nextProgram(root), "build"])) return false;
  await packStatic(root);
  markBuilt(root, made);
  return true;
}

/** @param {string} root */
export function nextProgram(root) {
  return path.join(root, "node_modules", "next", "dist", "bin", "next");
}
