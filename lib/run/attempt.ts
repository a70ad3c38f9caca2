/** One attempt of a step: sends the request once and reads its answer to the end. */
import type { RunError, TimedEvent } from "@/lib/stream/turn/event";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { type Answer, type AnswerEnd, openAnswer } from "./answer";
import { watchConnection, type WatchedConnection } from "./connection";
import { cancel, isProgress, letEnd, watchFinish } from "./finish";
import type { AttemptRequest, OpenedAnswer, Platform, Transport } from "./ports";
import type { AttemptRecorder } from "./record";
import type { TurnClock } from "./turn-clock";

export type Attempt = {
  readonly request: AttemptRequest;
  readonly isStreamed: boolean;
  readonly openReader: () => DialectReader;
  readonly recorder: AttemptRecorder;
  readonly at: TurnClock;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  readonly emit: (events: readonly TimedEvent[]) => void;
  readonly onSilent: (silent: boolean) => void;
};

export type AttemptPorts = { readonly transport: Transport; readonly platform: Platform };

/**
 * Sends the request once and emits its answer as it comes. Resolves to null when the step has had its last
 * event, and to an error when the request failed before the answer began: that is not emitted, because the
 * caller may send again.
 */
export async function runAttempt(attempt: Attempt, ports: AttemptPorts): Promise<RunError | null> {
  const connection = watchConnection(attempt.onSilent, ports.platform);
  const signal = AbortSignal.any([attempt.signal, connection.lost]);
  try {
    const opened = await ports.transport.open(attempt.request, signal);
    if (!opened.ok) return endUnanswered(attempt, opened.error, connection.lost);
    return await readBody(attempt, opened, connection, ports);
  } finally {
    connection.end();
  }
}

/** Reads until the stream ends by itself, is stopped, or breaks. Each read is stamped once. */
async function readBody(
  attempt: Attempt,
  { body, head }: Extract<OpenedAnswer, { ok: true }>,
  connection: WatchedConnection,
  { transport, platform }: AttemptPorts,
): Promise<RunError | null> {
  const { recorder, isStreamed } = attempt;
  const answer = openAnswer({ reader: attempt.openReader(), head, isStreamed });
  const reader = body.getReader();
  const last = watchFinish(platform);
  let lastAt = attempt.at();
  recorder.head(head);
  const end = (at: number, how: AnswerEnd) => {
    recorder.end(at, how);
    emitAll(answer.end(at, how), attempt.emit);
  };
  while (answer.state().is === "open") {
    const next = reader.read().catch((cause: unknown) => ({ done: true as const, cause }));
    const read = await last.orLate(next);
    const at = attempt.at();
    if (read === "late") {
      // The answer ended with its last bytes: the wait for more was ours.
      end(lastAt, { how: "left-open" });
      await cancel(reader);
      break;
    }
    if (read.done) {
      if (attempt.signal.aborted) end(at, { how: "stopped" });
      else if (!("cause" in read)) end(at, { how: "closed" });
      else {
        const error = connection.lost.aborted ? connectionLost() : transport.brokeOff(read.cause);
        end(at, { how: "broken", error });
      }
      break;
    }
    connection.seen();
    lastAt = at;
    recorder.push(read.value, at);
    const events = answer.push(read.value, at);
    if (events.some(({ event }) => isProgress(event))) connection.moved();
    last.note(events);
    emitAll(events, attempt.emit);
  }
  last.end();
  recorder.end(lastAt, { how: "closed" });
  return leave(answer, reader, platform);
}

async function leave(
  answer: Answer,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  platform: Platform,
): Promise<RunError | null> {
  const state = answer.state();
  if (state.is !== "failed") {
    // Nobody waits for this: the answer has had its last event.
    void letEnd(reader, platform);
    return null;
  }
  // A step that failed while bytes still come must not keep its socket.
  await cancel(reader);
  return state.error;
}

function emitAll(events: readonly TimedEvent[], emit: Attempt["emit"]): void {
  if (events.length > 0) emit(events);
}

function endUnanswered(attempt: Attempt, error: RunError, lost: AbortSignal): RunError | null {
  const at = attempt.at();
  if (attempt.signal.aborted) {
    attempt.recorder.end(at, { how: "stopped" });
    attempt.emit([{ at, event: { type: "step-stop" } }]);
    return null;
  }
  const why = lost.aborted ? connectionLost() : error;
  attempt.recorder.end(at, { how: "broken", error: why });
  return why;
}

function connectionLost(): RunError {
  return {
    source: "network",
    code: "CONNECTION_LOST",
    message: "Nothing more arrived after the machine slept or the network changed. Retry to send it again.",
    retryable: true,
  };
}
