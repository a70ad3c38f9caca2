import type { DialectReader } from "@/lib/providers/provider";
import type { Surroundings } from "@/lib/session/page/surroundings";
import { apiHeaders, readRefusal, unreachable, unsendableKey } from "@/lib/session/servers/api-client";
import type { RunError, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { openWire, type Wire, type WireOptions } from "@/lib/stream/wire/wire";

import { type AnswerGate, openGate } from "./answer-gate";
import { cancel, letEnd } from "./let-end";
import type { TurnClock } from "./turn-clock";
import { watchConnection, type WatchedConnection } from "./watch-connection";
import { isProgress, watchFinish } from "./watch-finish";
import type { WireRecorder } from "./wire-recorder";

export type AnswerRequest = {
  /** The whole body of `POST /api/chat`. */
  readonly body: string;
  readonly key: string | null;
  readonly openReader: () => DialectReader;
  readonly recorder: WireRecorder;
  readonly at: TurnClock;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  readonly emit: (events: readonly TimedEvent[]) => void;
  readonly onSilent: (silent: boolean) => void;
};

/**
 * Sends the request once and emits its answer as it comes. Resolves to null when the step has had its last
 * event, and to an error when the request failed before the answer began: that is not emitted, because the
 * caller may send again.
 */
export async function readAnswer(request: AnswerRequest, world: Surroundings): Promise<RunError | null> {
  const unsendable = unsendableKey(request.key);
  if (unsendable !== null) return unsendable;
  const connection = watchConnection(request.onSilent, world);
  const signal = AbortSignal.any([request.signal, connection.lost]);
  try {
    const response = await post(request, world, signal);
    if (!(response instanceof Response)) return endUnanswered(request, response.cause, connection.lost);
    if (!response.ok) return await readRefusal(response);
    return await readBody(request, response, connection, world);
  } finally {
    connection.end();
  }
}

async function post(
  request: AnswerRequest,
  world: Surroundings,
  signal: AbortSignal,
): Promise<Response | { readonly cause: unknown }> {
  try {
    return await world.fetch("/api/chat", {
      method: "POST",
      headers: { ...apiHeaders(request.key), "content-type": "application/json" },
      body: request.body,
      cache: "no-store",
      signal,
    });
  } catch (cause) {
    return { cause };
  }
}

/** Reads until the stream ends by itself, is stopped, or breaks. Each read is stamped once. */
async function readBody(
  request: AnswerRequest,
  response: Response,
  connection: WatchedConnection,
  world: Surroundings,
): Promise<RunError | null> {
  if (!response.body) return noBody();
  const wire = openWire({ reader: request.openReader(), ...plainHead(response) });
  const gate = openGate();
  const reader = response.body.getReader();
  const last = watchFinish(world);
  let lastAt = request.at();
  while (gate.state().is === "open") {
    const next = reader.read().catch((cause: unknown) => ({ done: true as const, cause }));
    const read = await last.orLate(next);
    const at = request.at();
    if (read === "late") {
      // The answer ended with its last bytes: the wait for more was ours.
      emitThrough(gate, [leftOpen(lastAt), ...wire.end(lastAt)], request.emit);
      await cancel(reader);
      break;
    }
    if (read.done) {
      const cause = "cause" in read ? read.cause : null;
      emitThrough(gate, endOf(wire, at, request.signal, connection.lost, cause), request.emit);
      break;
    }
    connection.seen();
    lastAt = at;
    request.recorder.push(read.value, at);
    const events = wire.push(read.value, at);
    if (events.some(({ event }) => isProgress(event))) connection.moved();
    last.note(events);
    emitThrough(gate, events, request.emit);
  }
  last.end();
  const state = gate.state();
  if (state.is !== "failed") {
    // Nobody waits for this: the answer has had its last event.
    void letEnd(reader, world);
    return null;
  }
  // A step that failed while bytes still come must not keep its socket.
  await cancel(reader);
  return state.error;
}

function leftOpen(at: number): TimedEvent {
  const message = "The server left the connection open after the answer; Vitrine closed it.";
  return { at, event: { type: "warning", warning: { code: "left-open", message } } };
}

/** The relay frames streams only: an answer that was asked for in one piece comes as the upstream's own JSON. */
function plainHead({ status, headers }: Response): Partial<WireOptions> {
  const contentType = headers.get("content-type") ?? "";
  if (contentType.startsWith("text/event-stream")) return {};
  const head = { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
  return { head, isStreamed: false };
}

function emitThrough(gate: AnswerGate, events: readonly TimedEvent[], emit: AnswerRequest["emit"]): void {
  const passed = gate.pass(events);
  if (passed.length > 0) emit(passed);
}

/** The last events of an answer whose bytes have ended, one way or another. */
function endOf(
  wire: Wire,
  at: number,
  stopped: AbortSignal,
  lost: AbortSignal,
  cause: unknown,
): readonly TimedEvent[] {
  if (cause === null) return wire.end(at);
  if (!stopped.aborted) return wire.end(at, lost.aborted ? connectionLost() : connectionCut(cause));
  // The reader may still hold text, such as half a tag: it came, so it is kept. How the bytes ended is ours to say.
  const rest = wire.end(at).filter(({ event }) => !ENDINGS.has(event.type) && !isCutNote(event));
  return [...rest, { at, event: { type: "step-stop" } }];
}

/** Stop cuts a stream wherever it is: that is no fault of the server. */
function isCutNote(event: StreamEvent): boolean {
  return event.type === "warning" && event.warning.code === "cut-event";
}

const ENDINGS: ReadonlySet<string> = new Set(["step-end", "step-fail", "finish"]);

function endUnanswered(request: AnswerRequest, cause: unknown, lost: AbortSignal): RunError | null {
  if (request.signal.aborted) {
    request.emit([{ at: request.at(), event: { type: "step-stop" } }]);
    return null;
  }
  return lost.aborted ? connectionLost() : unreachable(cause);
}

function connectionLost(): RunError {
  return {
    source: "network",
    code: "CONNECTION_LOST",
    message: "Nothing more arrived after the machine slept or the network changed. Retry to send it again.",
    retryable: true,
  };
}

function noBody(): RunError {
  return {
    source: "app",
    code: "NO_ANSWER",
    message: "Vitrine's server answered without a body. Retry.",
    retryable: true,
  };
}

function connectionCut(cause: unknown): RunError {
  return {
    source: "app",
    code: "CONNECTION_CUT",
    message: "The connection to Vitrine's own server broke. If it was stopped, start it again and retry.",
    retryable: true,
    detail: cause instanceof Error ? cause.message : String(cause),
  };
}
