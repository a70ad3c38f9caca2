// @ts-check
import { spawn } from "node:child_process";
import path from "node:path";

import { childEnv } from "./child-env.mjs";
import { failure } from "./problem.mjs";
import { findPython } from "./python.mjs";
import { llamaPaths } from "./wheels.mjs";

/** @import { Problem } from "./problem.mjs" */

/**
 * A running server. `url` has no path and no trailing slash. `exited` resolves with the last errors it wrote.
 *
 * @typedef {object} LlamaServer
 * @property {string} url
 * @property {number} pid
 * @property {Promise<{ readonly code: number | null, readonly tail: string }>} exited
 * @property {() => Promise<void>} stop asks it to end and waits until it has
 */

/**
 * @typedef {object} ServeOptions
 * @property {number} [port] 0 = a free one
 * @property {boolean} [ownTemplate] serve with the model's own chat template
 * @property {number} [contextTokens] context of both slots together
 * @property {(line: string) => void} [onLog] each line of the server's log
 */

/** The server's log ends up in messages: its last lines are enough. */
const TAIL_LINES = 5;
const HEALTH_EVERY_MS = 100;
const START_LIMIT_MS = 60_000;
const KILL_AFTER_MS = 4000;

/**
 * Starts the installed wheels' server on loopback and waits until it is healthy. It ends with this
 * process, however that ends. Never throws for what a machine may lack.
 *
 * @param {string} root the project's folder
 * @param {ServeOptions} [options]
 * @returns {Promise<{ readonly ok: true, readonly server: LlamaServer } | { readonly ok: false, readonly problem: Problem }>}
 */
export async function serveModel(root, options = {}) {
  const python = await findPython();
  if (!python.ok) return python;
  const { scripts, wheels } = llamaPaths(root);
  const [file, ...first] = python.command;
  const child = spawn(file, [...first, path.join(scripts, "serve.py"), ...serveArguments(options)], {
    // stdin stays open as long as we live: the server ends when it closes
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    env: childEnv(process.env, { PYTHONPATH: wheels, PYTHONUTF8: "1" }),
  });
  const tail = keepTail(child.stderr, options.onLog);
  /** @type {LlamaServer["exited"]} */
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, tail: error.message }));
    child.once("close", (code) => resolve({ code, tail: tail() }));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
    await exited;
    clearTimeout(force);
  };
  const url = await Promise.race([firstLine(child.stdout), exited.then(() => null)]);
  if (url !== null && (await isHealthy(url, exited))) {
    return { ok: true, server: { url, pid: child.pid ?? 0, exited, stop } };
  }
  await stop();
  const lastWords = (await exited).tail;
  return failure(
    `The demo model's server did not start${lastWords === "" ? "." : `: ${lastWords}`}`,
    "Try again. If that doesn't help, delete the folder .vitrine/llama.",
  );
}

/** @param {ServeOptions} options */
function serveArguments({ port = 0, ownTemplate = false, contextTokens }) {
  return [
    String(port),
    "--with-parent",
    ...(ownTemplate ? ["--own-template"] : []),
    ...(contextTokens === undefined ? [] : ["--ctx", String(contextTokens)]),
  ];
}

/**
 * Reads a log to its end (an unread pipe would block the server) and keeps its last lines, but for those
 * of everyday.
 *
 * @param {import("node:stream").Readable} stream
 * @param {((line: string) => void) | undefined} onLog
 */
function keepTail(stream, onLog) {
  /** @type {string[]} */
  let lines = [];
  let open = "";
  stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    const parts = (open + text).split("\n");
    open = (parts.pop() ?? "").slice(-2000);
    for (const line of parts) onLog?.(line);
    lines = [...lines, ...parts.filter((line) => !isRoutine(line))].slice(-TAIL_LINES);
  });
  return () => [...lines, open].join("\n").trim();
}

/**
 * @param {import("node:stream").Readable} stream
 * @returns {Promise<string>}
 */
function firstLine(stream) {
  return new Promise((resolve) => {
    let text = "";
    stream.setEncoding("utf8").on("data", (/** @type {string} */ piece) => {
      text += piece;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end).trim());
    });
  });
}

/**
 * @param {string} url
 * @param {Promise<unknown>} exited
 */
async function isHealthy(url, exited) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), START_LIMIT_MS);
  void exited.then(() => limit.abort());
  try {
    while (!limit.signal.aborted) {
      const healthy = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).then(
        (response) => response.ok,
        () => false,
      );
      if (healthy) return true;
      await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS));
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether a line of llama.cpp's log (time, level, source) does not explain why it ended: all below the level of an
 * error. Pure. * @param {string} line
 */
export function isRoutine(line) {
  return /^[\d.]+ [DIW] /.test(line);
}
