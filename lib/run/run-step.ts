/** One request and its answer, from the wait in the queue to the last byte, sent again where that may help. */
import type { ThinkTagMode } from "@/lib/providers/provider";
import type { StepRequest, StreamEvent } from "@/lib/stream/turn/event";

import { type AttemptPorts, runAttempt } from "./attempt";
import type { Emit, Queue } from "./ports";
import type { PreparedStep } from "./prepare-step";
import { type AttemptRecorder, openAttemptRecorder } from "./record";
import { MAX_RETRIES, retryDelay } from "./retry";
import type { TurnClock } from "./turn-clock";

export type StepRun = {
  readonly stepId: string;
  readonly request: StepRequest;
  readonly prepared: PreparedStep;
  readonly thinkTags: ThinkTagMode;
  /** The request as its records keep it. */
  readonly recorded: string;
  /** A pasted key; null = none is held. */
  readonly key: string | null;
  readonly at: TurnClock;
  /** Aborted by Stop. */
  readonly signal: AbortSignal;
  readonly emit: Emit;
};

export type StepPorts = AttemptPorts & {
  readonly queue: Queue;
  /** The request is about to leave for this server; the returned function is called when the step no longer loads it. */
  readonly onSend?: (server: string) => () => void;
  /** The answer stands still, or moves again. */
  readonly onSilent?: (silent: boolean) => void;
  /** An attempt begins: its record can be read from now on, until it has ended. */
  readonly onAttempt?: (recorder: AttemptRecorder) => void;
};

/** Runs one step to its end. Never throws for what the world does: every failure is the step's last event. */
export async function runStep(step: StepRun, ports: StepPorts): Promise<void> {
  const { stepId, signal, prepared } = step;
  const { url } = prepared;
  const emit = (event: StreamEvent) => step.emit([{ at: step.at(), event }], "run");

  emit({ type: "step-start", stepId, request: step.request });
  const release = await ports.queue.take(url, signal, (behind) => emit({ type: "step-queue", behind }));
  if (!release) {
    emit({ type: "step-stop" });
    return;
  }
  const done = ports.onSend?.(url);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const recorder = openAttemptRecorder({
        stepId,
        attempt,
        url,
        request: step.recorded,
        speech: prepared.speech,
        thinkTags: step.thinkTags,
        isStreamed: prepared.isStreamed,
      });
      ports.onAttempt?.(recorder);
      emit({ type: "step-send" });
      const { at, key } = step;
      const error = await runAttempt(
        {
          request: { chat: prepared.chat, key },
          isStreamed: prepared.isStreamed,
          openReader: prepared.openReader,
          recorder,
          at,
          signal,
          emit: (events) => step.emit(events, "wire"),
          onSilent: ports.onSilent ?? (() => undefined),
        },
        ports,
      );
      if (error === null) return;
      const delayMs = retryDelay(error, attempt, ports.platform.random());
      if (delayMs === null) return emit({ type: "step-fail", error });
      emit({ type: "retry", attempt, of: MAX_RETRIES, delayMs, error });
      if (!(await ports.platform.wait(delayMs, signal))) return emit({ type: "step-stop" });
    }
  } finally {
    done?.();
    release();
  }
}
