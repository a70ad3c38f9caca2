import { isAnswered } from "@/lib/run/calls";
import { lastMoment } from "@/lib/run/turn-clock";
import type { TurnRecord } from "@/lib/session/store/session";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

/** The page was gone while its turn ran, or the record is a copy of one that runs. */
export type Interrupted = "gone" | "copied";

const ANSWER: Record<Interrupted, string> = {
  gone: "The page was closed or reloaded while this answer was running. What arrived is kept. Retry runs it again.",
  copied:
    "This is a copy of an answer that was still running. It holds what had arrived. Retry runs it again.",
};
const TOOL: Record<Interrupted, string> = {
  gone: "The page was closed or reloaded while the tool was running.",
  copied: "The tool was still running when this was copied.",
};

/**
 * A record that was saved or copied while its turn ran, as it must be shown where nobody runs it: cut off where it was,
 * what was received is kept. Where the next step had not begun, that step says so; a tool that ran gave no result. The very same
 * object when its turn has ended.
 */
export function interruptRecord(record: TurnRecord, how: Interrupted): TurnRecord {
  const { turn } = record;
  const at = lastMoment(turn);
  const events = interruption(record, how).map((event) => ({ at, event }));
  if (events.length === 0) return record;
  return { ...record, turn: events.reduce(fold, turn), events: [...record.events, ...events] };
}

function interruption({ id, setup, turn }: TurnRecord, how: Interrupted): readonly StreamEvent[] {
  const tools = turn.steps.flatMap((step) => interruptedTools(step, how));
  const last = turn.steps.at(-1);
  if (last?.endedAt === null) return [...tools, cutOff(how)];
  if (!isStepMissing(turn)) return tools;
  const { provider, model, endpoint } = setup;
  const request = { provider, dialect: setup.dialect ?? "", model, endpoint };
  const stepId = `${id}-${turn.steps.length + 1}`;
  return [...tools, { type: "step-start", stepId, request }, cutOff(how)];
}

function cutOff(how: Interrupted): StreamEvent {
  const error = { source: "app", code: "INTERRUPTED", message: ANSWER[how], retryable: true } as const;
  return { type: "step-end", error };
}

function interruptedTools(step: Turn["steps"][number], how: Interrupted): readonly StreamEvent[] {
  const ended = step.parts.flatMap((part): StreamEvent[] => {
    if (part.type !== "tool-call" || part.status.state !== "running") return [];
    return [{ type: "tool-run-fail", stepId: step.id, id: part.id, message: TOOL[how] }];
  });
  return ended.length === 0
    ? []
    : [...ended, { type: "loop-pause", stepId: step.id, pause: { why: "interrupted" } }];
}

/** The page was gone between a prompt or the last result and the step that should have answered it. */
function isStepMissing({ steps }: Turn): boolean {
  const last = steps.at(-1);
  return last === undefined || (last.endedAt !== null && isAnswered(last));
}
