/** The bytes of one streamed answer: our frames around the upstream's own bytes. */
import { stoppedError, stopping } from "@/lib/server/start/stopping";
import { type UpstreamAnswer, callUpstream } from "@/lib/server/upstream/call-upstream";
import type { PlannedCall } from "@/lib/server/upstream/destination";
import type { RunError } from "@/lib/stream/turn/event";
import type { RelayError, RelayHead } from "@/lib/stream/wire/relay-frames";
import { SSE_LIMITS } from "@/lib/stream/wire/sse";

import { openOverwriteMarks } from "./overwrite-marks";
import { answerError, connectionError, relayHead } from "./read-answer";
import { createRedactor } from "./redact";

const MB = 1024 * 1024;
/** The page stops reading at its own cap, and says so. This one is for whoever reads on: a little above. */
const MAX_STREAM_BYTES = SSE_LIMITS.streamBytes + MB;
const COMMENT_EVERY_MS = 15_000;

/**
 * Calls the upstream and yields, in order: a comment at once and another every 15 s until the upstream's
 * first byte; `relay-head`; the upstream's bytes with live keys overwritten, and between two events a comment that
 * names the bytes where that was; on failure `relay-error`, last.
 * Never rejects. After `signal` aborts it ends, without a word where the page has left, since nobody listens.
 */
export async function* relayFrames(
  call: PlannedCall,
  requestId: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const answering = callUpstream({ ...call, signal });
  yield commentFrame(`vitrine ${requestId}`);
  const answer = yield* commentsUntil(answering);
  if (signal.aborted) return yield* farewell(requestId);
  if (!answer.ok) return yield errorFrame(connectionError(answer.error, call, requestId, false));
  yield headFrame(relayHead(answer, call));
  const refused = yield* commentsUntil(answerError(answer, call, `${call.baseUrl}${call.path}`, requestId));
  if (refused !== null) return yield errorFrame(refused);
  const failure = yield* bodyBytes(answer, call, requestId);
  if (failure === null) return;
  if (signal.aborted) return yield* farewell(requestId);
  yield errorFrame(failure);
}

function* farewell(requestId: string): Generator<Uint8Array, void, undefined> {
  if (stopping().aborted) yield errorFrame(stoppedError(requestId));
}

/** The body's bytes, then why it broke off, or null when it ended by itself. */
async function* bodyBytes(
  { response: { body }, broken }: Extract<UpstreamAnswer, { ok: true }>,
  call: PlannedCall,
  requestId: string,
): AsyncGenerator<Uint8Array, RunError | null, undefined> {
  if (body === null) return null;
  const marks = openOverwriteMarks();
  const redactor = createRedactor(call.secrets, marks.add);
  const reader = body.getReader();
  let size = 0;
  try {
    // Comments only until here: later ones could land in the middle of an event.
    let next = yield* commentsUntil(reader.read());
    while (!next.done) {
      size += next.value.byteLength;
      if (size > MAX_STREAM_BYTES) break;
      yield* marks.behind(redactor.push(next.value));
      next = await reader.read();
    }
    yield* marks.behind(redactor.flush());
    if (!next.done) return tooLong(requestId);
    const error = broken();
    return error === null ? null : connectionError(error, call, requestId, true);
  } catch (error) {
    yield* marks.behind(redactor.flush());
    return connectionError(broken() ?? error, call, requestId, true);
  } finally {
    // Closes the upstream's socket where the answer was left early; a body that failed has nothing to cancel.
    reader.cancel().catch(ignore);
  }
}

async function* commentsUntil<Value>(promise: Promise<Value>): AsyncGenerator<Uint8Array, Value, undefined> {
  const settled = promise.then((value) => ({ value }));
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const tick = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), COMMENT_EVERY_MS);
    });
    const first = await Promise.race([settled, tick]).finally(() => clearTimeout(timer));
    if (first !== null) return first.value;
    yield commentFrame("vitrine waiting");
  }
}

function tooLong(requestId: string): RunError {
  return {
    source: "app",
    code: "LIMIT",
    message: `The answer is longer than ${String(MAX_STREAM_BYTES / MB)} MB. Vitrine stopped reading it.`,
    retryable: false,
    requestId,
  };
}

function ignore(): void {}

const encoder = new TextEncoder();

/** An SSE comment: shows the page, and any proxy between, that the relay is alive. */
export function commentFrame(text: string): Uint8Array {
  return encoder.encode(`: ${text}\n\n`);
}

/** Called once, before the upstream's first byte. */
export function headFrame(head: RelayHead): Uint8Array {
  return encoder.encode(`event: relay-head\ndata: ${JSON.stringify(head)}\n\n`);
}

/** Ends the stream. The empty lines first close an event that the upstream left open. */
export function errorFrame(error: RunError): Uint8Array {
  const data: RelayError = { error };
  return encoder.encode(`\n\nevent: relay-error\ndata: ${JSON.stringify(data)}\n\n`);
}
