// @ts-check
import { spawn } from "node:child_process";

import { childEnv } from "./child-env.mjs";

/**
 * Serves a person's own model with the `llama-server` on the PATH, until one of the two is stopped.
 *
 * @param {string} model path of a GGUF file
 * @param {number} port
 * @returns {Promise<number>} the exit code
 */
export function serveGguf(model, port) {
  const parameters = ["-m", model, "--jinja", "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn("llama-server", parameters, { stdio: "inherit", env: childEnv(process.env, {}) });
  const hand = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on("SIGINT", hand).on("SIGTERM", hand);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(
        `llama-server could not be started (${error.message}). Install llama.cpp, or put its folder on the PATH.`,
      );
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 0));
  });
}
