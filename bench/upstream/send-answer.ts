import { once } from "node:events";
import type { ServerResponse } from "node:http";

import type { Answered } from "./answered";
import { framesOf, lastFrames, reasonOf, stampFrame } from "./frames";
import type { TokenScript } from "./script";

/** Most tokens in one write when they are sent as fast as they are taken: about 16 kB. */
const MOST_AT_ONCE = 64;

/** Sends a script's tokens at its pace. The pace does not slow down for a slow reader. `goOn` holds a probe back. */
export async function sendAnswer(
  asked: Asked,
  response: ServerResponse,
  record: Answered,
  goOn: () => Promise<void>,
): Promise<void> {
  const { model, script, results } = asked;
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.flushHeaders();
  response.socket?.setNoDelay(true);
  if (script.kind === "silent") return;
  const next = sourceOf(asked);
  if (script.kind === "probe") {
    await sendFast(next, script.shown, response, record);
    await Promise.race([goOn(), once(response, "close")]);
  }
  if (script.kind === "loop" || script.rate === 0)
    await sendFast(next, Number.POSITIVE_INFINITY, response, record);
  else await sendPaced(next, script.rate, response, record);
  if (response.destroyed) return;
  record.endedAt = now();
  response.end(lastFrames(model, reasonOf(script, results), record.sent));
}

type Source = () => string | null;

/** `results`: how many calls of the model have theirs. */
type Asked = { readonly model: string; readonly script: TokenScript; readonly results: number };

function sourceOf({ model, script, results }: Asked): Source {
  let index = 0;
  if (script.kind === "stamps") {
    return () => {
      index += 1;
      return index > script.tokens ? null : stampFrame(model);
    };
  }
  const frames = framesOf(model, script, results);
  return () => {
    const frame = frames[index] ?? null;
    index += 1;
    return frame;
  };
}

async function sendFast(
  next: Source,
  count: number,
  response: ServerResponse,
  record: Answered,
): Promise<void> {
  let left = count;
  while (left > 0 && !response.destroyed) {
    const text = take(next, Math.min(left, MOST_AT_ONCE), record);
    if (text === "") return;
    left -= MOST_AT_ONCE;
    if (!response.write(text)) await drained(response);
  }
}

/** Resolves when more may be written, or nobody reads any more. */
async function drained(response: ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).finally(() =>
    over.abort(),
  );
}

async function sendPaced(
  next: Source,
  rate: number,
  response: ServerResponse,
  record: Answered,
): Promise<void> {
  const start = now();
  const before = record.sent;
  while (!response.destroyed) {
    const due = Math.floor(((now() - start) * rate) / 1000) + 1 - (record.sent - before);
    if (due > 0) {
      const text = take(next, due, record);
      if (text === "") return;
      response.write(text);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function take(next: Source, count: number, record: Answered): string {
  let text = "";
  for (let index = 0; index < count; index += 1) {
    const frame = next();
    if (frame === null) break;
    text += frame;
    record.sent += 1;
    record.firstAt ??= now();
  }
  return text;
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
