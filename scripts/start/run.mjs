// @ts-check
import { spawnSync } from "node:child_process";

/**
 * Runs npm with what it prints shown here.
 *
 * @param {string} root
 * @param {readonly string[]} parameters
 * @returns {boolean} whether it succeeded
 */
export function runNpm(root, parameters) {
  // npm names itself to the scripts it runs; on Windows `npm` alone is no program.
  const own = process.env["npm_execpath"];
  return own === undefined
    ? run(root, process.platform === "win32" ? "npm.cmd" : "npm", parameters)
    : run(root, process.execPath, [own, ...parameters]);
}

/**
 * Runs a program with what it prints shown here.
 *
 * @param {string} root
 * @param {string} command
 * @param {readonly string[]} parameters
 * @returns {boolean} whether it succeeded
 */
export function run(root, command, parameters) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const shell = command.endsWith(".cmd");
  return (
    spawnSync(command, parameters, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env, shell })
      .status === 0
  );
}
