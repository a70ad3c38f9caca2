import type { RunError, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";

/**
 * Decides what of an answer may be seen at once. A failure before the answer began is held back, because the
 * request may be sent again; after the first sign of an answer everything passes.
 */
export type AnswerGate = {
  /** The events to emit now. */
  readonly pass: (events: readonly TimedEvent[]) => readonly TimedEvent[];
  /** "failed": the request failed before the answer began. "ended": the step had its last event. */
  readonly state: () => GateState;
};

export type GateState =
  | { readonly is: "open" }
  | { readonly is: "ended" }
  | { readonly is: "failed"; readonly error: RunError };

/** A gate for one try of a request. */
export function openGate(): AnswerGate {
  let began = false;
  let state: GateState = { is: "open" };
  return {
    pass: (events) => {
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
    },
    state: () => state,
  };
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
