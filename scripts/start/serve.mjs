// @ts-check
import { spawn } from "node:child_process";

import { nextProgram } from "./prepare.mjs";

/** A page with an open stream keeps a server from closing; nobody waits longer than this. */
const KILL_AFTER_MS = 4000;

/**
 * @typedef {object} Served
 * @property {Promise<number>} exited the server's exit code
 * @property {() => void} showOutput from now on its own words are printed too
 */

/**
 * Serves the build. The server ends with this process, however that ends, and with `starter`; signals are
 * handed on.
 *
 * @param {string} root
 * @param {{ readonly host: string, readonly port: number, readonly starter: import("./watch-starter.mjs").Starter }} options
 * @returns {Served}
 */
export function serve(root, { host, port, starter }) {
  const parameters = [nextProgram(root), "start", "-H", host, "-p", String(port)];
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    // The channel is how the server notices that this process is gone.
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: {
      ...process.env,
      HOST: host,
      PORT: String(port),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    },
  });
  let quiet = true;
  child.stdout?.on("data", (/** @type {Buffer} */ bytes) => {
    if (!quiet) process.stdout.write(bytes);
  });
  let asked = false;
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    // A second Ctrl+C means now.
    child.kill(asked ? "SIGKILL" : signal);
    asked = true;
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
  };
  process.on("SIGINT", end).on("SIGTERM", end).on("SIGHUP", end);
  starter.onGone(() => {
    if (!asked) end("SIGTERM");
  });
  const exited = new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      if (!asked && signal !== null) {
        console.error(`Vitrine's server was killed (${signal}). Run npm start again.`);
      }
      resolve(code ?? (asked ? 0 : 1));
    });
  });
  return { exited, showOutput: () => (quiet = false) };
}
