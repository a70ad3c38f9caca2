/** From the bytes of one attempt to the events that may be shown. Pure: a live run and a replay both read with it. */
import type { ResponseHead, RunError, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { openWire } from "@/lib/stream/wire/wire";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

export type Answer = {
  /** Bytes that arrived `at` ms after the turn began. */
  readonly push: (bytes: Uint8Array, at: number) => readonly TimedEvent[];
  /** The bytes ended. */
  readonly end: (at: number, how: AnswerEnd) => readonly TimedEvent[];
  readonly state: () => AnswerState;
};

export type AnswerEnd =
  /** By themselves. */
  | { readonly how: "closed" }
  /** The answer was finished and the server left the connection open. */
  | { readonly how: "left-open" }
  /** A person pressed Stop. */
  | { readonly how: "stopped" }
  | { readonly how: "broken"; readonly error: RunError };

/** "failed": the request failed before the answer began. "ended": the step had its last event. */
export type AnswerState =
  | { readonly is: "open" }
  | { readonly is: "ended" }
  | { readonly is: "failed"; readonly error: RunError };

/**
 * Opens one attempt. A failure before the answer began is held back, because the request may be sent again; after
 * the first sign of an answer everything passes.
 */
export function openAnswer(options: {
  readonly reader: DialectReader;
  /** null = the relay's frames bring it. */
  readonly head: ResponseHead | null;
  readonly isStreamed: boolean;
}): Answer {
  const { reader, head, isStreamed } = options;
  const wire = openWire({ reader, ...(head === null ? {} : { head }), isStreamed });
  let began = false;
  let state: AnswerState = { is: "open" };

  const pass = (events: readonly TimedEvent[]): readonly TimedEvent[] => {
    const passed: TimedEvent[] = [];
    for (const timed of events) {
      if (state.is !== "open") break;
      const { event } = timed;
      const error = failureOf(event);
      if (error && !began) {
        state = { is: "failed", error };
        break;
      }
      if (isLast(event)) state = { is: "ended" };
      began ||= isAnswer(event);
      passed.push(timed);
    }
    return passed;
  };

  return {
    push: (bytes, at) => pass(wire.push(bytes, at)),
    end: (at, how) => pass(endOf(wire.end, at, how)),
    state: () => state,
  };
}

function endOf(
  end: (at: number, error?: RunError) => readonly TimedEvent[],
  at: number,
  ending: AnswerEnd,
): readonly TimedEvent[] {
  switch (ending.how) {
    case "closed":
      return end(at);
    case "left-open":
      return [leftOpen(at), ...end(at)];
    case "broken":
      return end(at, ending.error);
    case "stopped": {
      // The reader may still hold text, such as half a tag: it came, so it is kept. How the bytes ended is ours to report.
      const rest = end(at).filter(
        ({ event }) => !isLast(event) && event.type !== "finish" && !isCutNote(event),
      );
      return [...rest, { at, event: { type: "step-stop" } }];
    }
  }
}

function leftOpen(at: number): TimedEvent {
  const message = "The server left the connection open after the answer; Vitrine closed it.";
  return { at, event: { type: "warning", warning: { code: "left-open", message } } };
}

/** Stop cuts a stream wherever it is: that is no fault of the server. */
function isCutNote(event: StreamEvent): boolean {
  return event.type === "warning" && event.warning.code === "cut-event";
}

function failureOf(event: StreamEvent): RunError | null {
  if (event.type === "step-fail") return event.error;
  return event.type === "step-end" ? (event.error ?? null) : null;
}

function isLast(event: StreamEvent): boolean {
  return event.type === "step-end" || event.type === "step-fail" || event.type === "step-stop";
}

/** The head of a refusal and remarks about it are not an answer: nothing was generated yet. */
function isAnswer(event: StreamEvent): boolean {
  if (event.type === "response-head") return event.head.status < 400;
  return event.type !== "warning";
}
