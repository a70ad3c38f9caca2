// @ts-check
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

import { chromium } from "@playwright/test";

import { installDebian } from "./debian.mjs";

/** @typedef {{ readonly path: string, readonly from: string }} Browser */

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge",
];

const FIXED = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * An installed Chromium: the one that `CHROMIUM` names, one on the PATH or in its usual place, or
 * Playwright's own; null when there is none.
 *
 * @returns {Browser | null}
 */
export function findChromium() {
  const named = process.env["CHROMIUM"];
  if (named) return isRunnable(named) ? { path: named, from: "CHROMIUM" } : null;
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const installed = [...onPath, ...FIXED].find(isRunnable);
  if (installed !== undefined) return { path: installed, from: "installed" };
  const own = chromium.executablePath();
  return isRunnable(own) ? { path: own, from: "Playwright's own" } : null;
}

/**
 * Like `findChromium`, but installs one where there is none: Playwright's where that works, else
 * Debian's. null when neither does.
 *
 * @returns {Browser | null}
 */
export function findOrInstallChromium() {
  return findChromium() ?? installPlaywrights() ?? installDebians();
}

/** @returns {Browser | null} */
function installPlaywrights() {
  console.log("No Chromium found. Installing Playwright's.");
  const cli = path.join("node_modules", "playwright", "cli.js");
  const installed = spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit" });
  const found = installed.status === 0 ? findChromium() : null;
  // It brings no system libraries: where they are missing it is here, but does not run.
  const runs = found !== null && spawnSync(found.path, ["--version"], { stdio: "inherit" }).status === 0;
  return runs ? { ...found, from: "Playwright's own, just installed" } : null;
}

/** @returns {Browser | null} */
function installDebians() {
  const found = installDebian(["chromium"]) ? findChromium() : null;
  return found === null ? null : { ...found, from: "Debian's, just installed" };
}

/** @param {string} file */
function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
