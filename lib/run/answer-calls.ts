/** Has tools answer the calls of a step that has ended. */
import type { LoopPause, StreamEvent } from "@/lib/stream/turn/event";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDesk } from "@/lib/tools/desk";
import type { ToolRunEvents } from "@/lib/tools/tool-run";

import { LONGEST_UNASKED } from "./calls";
import type { Emit } from "./ports";
import type { TurnClock } from "./turn-clock";

type Calls = {
  readonly step: Step | undefined;
  readonly at: TurnClock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** A person said to go on: calls whose tool failed are tried again. */
  readonly again: boolean;
  /** How many calls run at most; the others keep waiting. */
  readonly most: number;
  /** Why these calls, which would run by themselves, wait for a person; null = they run. */
  readonly guard: (calls: readonly ToolCallPart[]) => LoopPause | null;
};

/**
 * Runs the tools that answer by themselves, side by side, and resolves when all have ended. Gives how many calls were
 * taken: none where the guard holds them back, which the step then says.
 */
export async function answerCalls(calls: Calls, desk: ToolDesk): Promise<number> {
  const { step, at, signal, emit } = calls;
  if (step === undefined || signal.aborted) return 0;
  const free: { readonly call: ToolCallPart; readonly events: ToolRunEvents }[] = [];
  for (const call of step.parts) {
    if (call.type !== "tool-call" || call.status.state !== "awaiting-result") continue;
    // One more than may run tells that there are too many: a step may have thousands.
    if (free.length > calls.most) break;
    const events = desk.answer(call, signal, calls.again);
    if (events !== "ask") free.push({ call, events });
  }
  if (free.length === 0) return 0;
  const pause = calls.guard(free.map(({ call }) => call));
  if (pause !== null) {
    emit([{ at: at(), event: { type: "loop-pause", stepId: step.id, pause } }], "run");
    return 0;
  }
  const taken = free.slice(0, calls.most);
  await Promise.all(taken.map((each) => runCall({ stepId: step.id, ...each, at, emit })));
  return taken.length;
}

/** Emits what one running tool reports, from its start to its end. A long result is held for a person to look at. */
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
      case "end": {
        const { result } = event;
        const isLong = result.output.length > LONGEST_UNASKED;
        return emit({ type: isLong ? "tool-run-hold" : "tool-result", stepId, id, result });
      }
      case "fail":
        return emit({ ...event, type: "tool-run-fail", stepId, id });
    }
  }
  emit({ type: "tool-run-fail", stepId, id, message: "The tool ended without a result." });
}
