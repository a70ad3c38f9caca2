import { isAnswered } from "@/lib/run/calls";
import { lastMoment } from "@/lib/run/turn-clock";
import type { TurnRecord } from "@/lib/session/store/session";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

/**
 * A record that was saved or copied while its turn ran, as it must be shown where nobody runs it: cut off where it was,
 * what came kept. Where the next step had not begun, that step says so; a tool that ran gave no result. The very same
 * object when its turn has ended.
 */
export function interruptRecord(record: TurnRecord): TurnRecord {
  const { turn } = record;
  const at = lastMoment(turn);
  const events = interruption(record).map((event) => ({ at, event }));
  if (events.length === 0) return record;
  return { ...record, turn: events.reduce(fold, turn), events: [...record.events, ...events] };
}

function interruption({ id, setup, turn }: TurnRecord): readonly StreamEvent[] {
  const tools = turn.steps.flatMap(interruptedTools);
  const last = turn.steps.at(-1);
  if (last?.endedAt === null) return [...tools, cutOff()];
  if (!isStepMissing(turn)) return tools;
  const { provider, model, endpoint } = setup;
  const request = { provider, dialect: setup.dialect ?? "", model, endpoint };
  const stepId = `${id}-${turn.steps.length + 1}`;
  return [...tools, { type: "step-start", stepId, request }, cutOff()];
}

function cutOff(): StreamEvent {
  const message =
    "Interrupted: this answer was still running when it was saved or copied. Retry to run it again.";
  return { type: "step-end", error: { source: "app", code: "INTERRUPTED", message, retryable: true } };
}

function interruptedTools(step: Turn["steps"][number]): readonly StreamEvent[] {
  return step.parts.flatMap((part): StreamEvent[] => {
    if (part.type !== "tool-call" || part.status.state !== "running") return [];
    const message = "The tool was still running when this was saved or copied.";
    return [{ type: "tool-run-fail", stepId: step.id, id: part.id, message }];
  });
}

/** The page was gone between a prompt or the last result and the step that should have answered it. */
function isStepMissing({ steps }: Turn): boolean {
  const last = steps.at(-1);
  return last === undefined || (last.endedAt !== null && isAnswered(last));
}
