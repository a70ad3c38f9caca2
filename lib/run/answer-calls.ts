/** Has tools answer the calls of a step that has ended. */
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDesk, ToolRunEvents } from "@/lib/tools/desk";

import type { Emit } from "./ports";
import type { TurnClock } from "./turn-clock";

type Calls = {
  readonly step: Step | undefined;
  readonly at: TurnClock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** Calls that may still be answered without a person; 0 = a limit was reached. */
  readonly left: number;
};

/**
 * Runs the tools that answer by themselves, side by side, and resolves when all have ended. Gives how many calls were
 * taken. A call over the limit is not run: it says so and waits for a person.
 */
export async function answerCalls({ step, left, at, signal, emit }: Calls, desk: ToolDesk): Promise<number> {
  if (step === undefined || signal.aborted) return 0;
  const runs: Promise<void>[] = [];
  for (const call of step.parts) {
    if (call.type !== "tool-call" || call.status.state !== "awaiting-result") continue;
    const answer = desk.answer(call, signal);
    if (answer === "ask") continue;
    if (runs.length >= left) {
      emit([{ at: at(), event: overLimit(step.id, call) }], "run");
      continue;
    }
    runs.push(runCall({ stepId: step.id, call, events: answer, at, emit }));
  }
  await Promise.all(runs);
  return runs.length;
}

/** Emits what one running tool reports, from its start to its end. */
export async function runCall(run: {
  readonly stepId: string;
  readonly call: Pick<ToolCallPart, "id">;
  readonly events: ToolRunEvents;
  readonly at: TurnClock;
  readonly emit: Emit;
}): Promise<void> {
  const { stepId, at } = run;
  const { id } = run.call;
  const emit = (event: StreamEvent) => run.emit([{ at: at(), event }], "run");
  emit({ type: "tool-run-start", stepId, id });
  for await (const event of run.events) {
    switch (event.type) {
      case "progress":
        emit({ type: "tool-run-progress", stepId, id, text: event.text });
        break;
      case "ask":
        emit({ type: "tool-run-ask", stepId, id, question: event.question });
        break;
      case "end":
        return emit({ type: "tool-result", stepId, id, result: event.result });
      case "fail":
        return emit({ type: "tool-run-fail", stepId, id, message: event.message });
    }
  }
  emit({ type: "tool-run-fail", stepId, id, message: "The tool ended without a result." });
}

function overLimit(stepId: string, { id }: ToolCallPart): StreamEvent {
  const message = "Not run: this turn reached its limit of calls without a person. Send a result to go on.";
  return { type: "tool-run-fail", stepId, id, message };
}
