/** What the server still holds after large requests and many answers. */
import { freePort, startApp } from "../../e2e/app";
import { inspectOption, openInspector } from "../inspector";
import type { Lab } from "../lab";
import type { Options } from "../options";
import { receive, type Way } from "../relay-client";
import { type Row, rowOf } from "../row";
import { modelOf } from "../upstream/script";

const WARM_UP = 20;
const POST_BYTES = 5_000_000;
const TOKENS = 200;
const MEGABYTE = 1_000_000;

/**
 * Uses a separate server because an inspector is attached to it. Memory is counted, not timed, so one run is enough.
 */
export async function measureMemory({ upstream }: Lab, { size }: Options): Promise<readonly Row[]> {
  const times = size === "full" ? 200 : size === "quick" ? 60 : 5;
  const port = await freePort();
  const app = await startApp(
    { VLLM_BASE_URL: `${upstream.url}/v1`, VITRINE_LLAMA: "off", VITRINE_MAX_ANSWERS: "64" },
    { nodeOptions: [inspectOption(port)] },
  );
  const server = await openInspector(port);
  try {
    const url = `${app.url}/api/chat`;
    const post = { name: "post", url, bodyOf: postOf };
    const stream = { name: "stream", url, bodyOf: streamOf };
    await askAgain(post, Math.min(WARM_UP, times));
    await askAgain(stream, Math.min(WARM_UP, times));
    const before = await server.memory();
    await askAgain(post, times);
    await askAgain(stream, times);
    const after = await server.memory();
    const what = `the server after ${times} posts of 5 MB and ${times} streamed answers`;
    return [
      rowOf({
        id: "memory.held",
        what: `${what}: memory held, more than before`,
        unit: "MB",
        vitrine: (after.held - before.held) / MEGABYTE,
        gate: { on: "vitrine", is: "at most", limit: 20 },
      }),
      rowOf({ id: "memory.rss", what: `${what}: RSS`, unit: "MB", vitrine: after.rss / MEGABYTE }),
      rowOf({
        id: "memory.rss.more",
        what: `${what}: RSS, more than before`,
        unit: "MB",
        vitrine: (after.rss - before.rss) / MEGABYTE,
      }),
    ];
  } finally {
    // A process does not end while somebody inspects it.
    server.close();
    await app.stop();
  }
}

async function askAgain(way: Way, times: number): Promise<void> {
  const model = modelOf({ kind: "stamps", rate: 0, tokens: TOKENS });
  for (let time = 0; time < times; time += 1) {
    const { tokens } = await receive(way, model);
    if (tokens < TOKENS) throw new Error(`${way.name}: an answer came with ${tokens} of ${TOKENS} tokens.`);
  }
}

const LONG = "x".repeat(POST_BYTES);

/** A whole answer to a prompt of 5 MB, as a page asks that sends images. */
function postOf(model: string): string {
  return chatOf({ model, stream: false, messages: [{ role: "user", content: LONG }] });
}

function streamOf(model: string): string {
  return chatOf({ model, stream: true, messages: [{ role: "user", content: "Go on." }] });
}

function chatOf(body: object): string {
  return JSON.stringify({ provider: "vllm", body });
}
