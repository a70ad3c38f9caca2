/** One request and its answer, from the wait for a stream slot to the last byte. */
import type { ChatRequest } from "@/lib/providers/api";
import type { DialectReader } from "@/lib/providers/provider";
import type { Surroundings } from "@/lib/session/page/surroundings";
import type { TurnId, WireRecord } from "@/lib/session/store/session";
import type { QueuedBehind, StepRequest, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";

import { readAnswer } from "./read-answer";
import { MAX_RETRIES, retryDelay } from "./retry-policy";
import type { Release } from "./semaphore";
import type { TurnClock } from "./turn-clock";
import { openWireRecorder } from "./wire-recorder";

export type StepRun = {
  readonly stepId: string;
  readonly turnId: TurnId;
  readonly request: StepRequest;
  readonly chat: ChatRequest;
  /** The request as the wire record keeps it. */
  readonly recorded: string;
  /** Where the relay sends it, as far as the page knows; for the wire view. */
  readonly url: string;
  /** A pasted key, sent in its header only; null = none is held. */
  readonly key: string | null;
  readonly openReader: () => DialectReader;
  /** Takes everything the step must wait for; null when the signal aborts first. */
  readonly takePlace: (onWait: (behind: QueuedBehind) => void) => Promise<Release | null>;
  readonly at: TurnClock;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  readonly emit: (events: readonly TimedEvent[]) => void;
  /** The request is about to leave; the returned function is called when the step no longer loads its server. */
  readonly onSend: () => () => void;
  readonly onSilent: (silent: boolean) => void;
  /** What was recorded of the step so far can be read from now on. */
  readonly onRecord: (read: () => WireRecord) => void;
};

/**
 * Runs one step to its end. Never throws for what the world does: every failure is the step's last event.
 * Resolves to the raw record of the step once its last event was emitted.
 */
export async function runStep(step: StepRun, world: Surroundings): Promise<WireRecord> {
  const { stepId, turnId, url, signal } = step;
  const tell = (event: StreamEvent) => step.emit([{ at: step.at(), event }]);
  const body = JSON.stringify(step.chat);
  const recorder = openWireRecorder({ stepId, turnId, url, request: step.recorded });

  step.onRecord(recorder.read);
  tell({ type: "step-start", stepId, request: step.request });
  const release = await step.takePlace((behind) => tell({ type: "step-queue", behind }));
  if (!release) {
    tell({ type: "step-stop" });
    return recorder.read();
  }
  const done = step.onSend();
  try {
    for (let attempt = 1; ; attempt += 1) {
      tell({ type: "step-send" });
      const error = await readAnswer({ ...step, body, recorder }, world);
      if (error === null) break;
      const delayMs = retryDelay(error, attempt, world.random());
      if (delayMs === null) {
        tell({ type: "step-fail", error });
        break;
      }
      tell({ type: "retry", attempt, of: MAX_RETRIES, delayMs, error });
      if (await world.wait(delayMs, signal)) continue;
      tell({ type: "step-stop" });
      break;
    }
  } finally {
    done();
    release();
  }
  return recorder.read();
}
