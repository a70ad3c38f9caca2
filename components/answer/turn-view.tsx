"use client";

import { type ReactNode, useMemo, useRef } from "react";

import { useHeldHeight } from "@/components/answer/scroll/use-held-height";
import { TurnFoot } from "@/components/answer/timings/turn-foot";
import { canEndThinking } from "@/lib/session/servers/llama-lane";
import type { TurnRecord } from "@/lib/session/store/session";
import { awaitsResult, lastStepMoment, phases } from "@/lib/stream/figures/phases";
import type { Part, Turn } from "@/lib/stream/turn/turn";

import { type Answering, useAnswerScope } from "./answer-scope";
import { SetupLabel } from "./setup-label";
import { StepView } from "./step-view";
import { isAboutOwnWords } from "./turn-notes";

type TurnViewProps = {
  record: TurnRecord;
  /** The record's turn as it is drawn now. */
  turn: Turn;
  /** The turn is streaming. */
  live: boolean;
  /** ms on the turn's axis; read only while live. */
  now: number;
  /** The lane has gone on: calls without a result were passed over. */
  hasGoneOn: boolean;
  /** What can be done with the answer; beside its numbers. */
  actions: ReactNode;
};

/** One lane's answer to one prompt: its steps in order, and under them the strip and the numbers of them all. */
export function TurnView(props: TurnViewProps) {
  const { record, turn, live, now: ticking, hasGoneOn, actions } = props;
  const { readOnly } = useAnswerScope();
  const root = useRef<HTMLDivElement>(null);
  useHeldHeight(root, live || isWaiting(turn), closedParts(turn));
  const settledAt = lastStepMoment(turn);
  const now = live ? Math.max(ticking, settledAt) : settledAt;
  const drawn = useMemo(() => phases(turn, now), [turn, now]);
  const last = turn.steps.length - 1;
  const answeringOf = (isClosed: boolean): Answering => {
    if (isClosed) return "closed";
    if (hasGoneOn) return "passed-over";
    return readOnly ? "closed" : "open";
  };
  const notes = useMemo(() => record.notes.filter(isAboutOwnWords), [record.notes]);
  return (
    // Height that is held for a thought that closed stands below the foot, or the foot would move once it is let go.
    <div ref={root} className="min-w-0">
      {turn.steps.map((step, index) => {
        // A step whose tools run has ended: whatever else of it waits can be answered.
        const runsTools = live && index === last && step.endedAt !== null && step.parts.some(isRunning);
        const isLive = live && index === last && !runsTools;
        return (
          <StepView
            key={step.id}
            step={step}
            now={isLive ? now : (step.endedAt ?? settledAt)}
            isLive={isLive}
            runsTools={runsTools}
            isLast={index === last}
            answering={answeringOf(isLive || index < last || step.status.state !== "done")}
            canEndThinking={isLive && canEndThinking(record.setup)}
          />
        );
      })}
      <TurnFoot
        turn={turn}
        phases={drawn}
        live={live}
        notes={notes}
        setup={<SetupLabel record={record} />}
        actions={actions}
      />
    </div>
  );
}

/** Whether a call waits for its result: the answer may go on. */
function isWaiting(turn: Turn): boolean {
  return turn.steps.at(-1)?.parts.some(awaitsResult) === true;
}

/** Parts that have ended, and calls that became a line. */
function closedParts(turn: Turn): number {
  const parts = turn.steps.flatMap((step) => step.parts);
  return parts.filter((part) => part.endedAt !== null).length + parts.filter(isAnswered).length;
}

function isRunning(part: Part): boolean {
  return part.type === "tool-call" && part.status.state === "running";
}

function isAnswered(part: Part): boolean {
  return part.type === "tool-call" && part.status.state === "answered";
}
