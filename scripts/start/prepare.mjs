// @ts-check
import path from "node:path";

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
 * @returns {boolean} whether it is there now
 */
export function ensureBuild(root) {
  if (!isBuildStale(root)) return true;
  console.log("Building. This takes a minute, and only when something changed.");
  return build(root);
}

/**
 * Builds in any case.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function build(root) {
  const made = hashSources(root);
  const built = run(root, process.execPath, [nextProgram(root), "build"]);
  if (built) markBuilt(root, made);
  return built;
}

/** @param {string} root */
export function nextProgram(root) {
  return path.join(root, "node_modules", "next", "dist", "bin", "next");
}
