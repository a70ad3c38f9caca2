// @ts-check
import { spawnSync } from "node:child_process";

/**
 * Installs Debian packages where a test machine allows it: on Linux, as root, with apt-get. What it says
 * is shown.
 *
 * @param {readonly string[]} names
 * @returns {boolean} whether they are there now
 */
export function installDebian(names) {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  console.log(`Installing Debian's ${names.join(" and ")}.`);
  return aptGet(["update", "-qq"]) && aptGet(["install", "-y", "-qq", ...names]);
}

/** @param {readonly string[]} parameters */
function aptGet(parameters) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", parameters, { stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}
