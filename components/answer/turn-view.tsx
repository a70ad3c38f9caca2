"use client";

import { useMemo, useRef } from "react";

import { useHeldHeight } from "@/components/answer/scroll/use-held-height";
import { PhaseStrip } from "@/components/answer/timings/phase-strip";
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { canEndThinking } from "@/lib/session/servers/llama-lane";
import type { TurnRecord } from "@/lib/session/store/session";
import { formatCount, formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import { phases } from "@/lib/stream/figures/phases";
import { sumTurn } from "@/lib/stream/figures/sum-turn";
import type { Part, Turn } from "@/lib/stream/turn/turn";

import { type Answering, useAnswerScope } from "./answer-scope";
import { StepView } from "./step-view";
import { TurnNotes } from "./turn-notes";

type TurnViewProps = {
  record: TurnRecord;
  /** The record's turn as it is drawn now. */
  turn: Turn;
  /** The turn is streaming. */
  live: boolean;
  /** ms on the turn's axis; read only while live. */
  now: number;
  /** ms that a full phase strip stands for, one for all lanes of the row: see `stripScale`. */
  scaleMs: number;
  /** The lane has gone on: calls without a result were passed over. */
  hasGoneOn: boolean;
};

/** One lane's answer to one prompt: its steps in order, and the phase strip under them. */
export function TurnView({ record, turn, live, now: ticking, scaleMs, hasGoneOn }: TurnViewProps) {
  const { readOnly } = useAnswerScope();
  const root = useRef<HTMLDivElement>(null);
  useHeldHeight(root, live || isWaiting(turn), closedParts(turn));
  const settledAt = lastMoment(turn);
  const now = live ? Math.max(ticking, settledAt) : settledAt;
  const drawn = useMemo(() => phases(turn, now), [turn, now]);
  const last = turn.steps.length - 1;
  const answeringOf = (isClosed: boolean): Answering => {
    if (isClosed) return "closed";
    if (hasGoneOn) return "passed-over";
    return readOnly ? "closed" : "open";
  };
  return (
    <div ref={root} className="min-w-0">
      {turn.steps.map((step, index) => {
        const isLive = live && index === last;
        return (
          <StepView
            key={step.id}
            step={step}
            place={index + 1}
            now={isLive ? now : (step.endedAt ?? settledAt)}
            isLive={isLive}
            isLast={index === last}
            answering={answeringOf(isLive || index < last || step.status.state !== "done")}
            canEndThinking={isLive && canEndThinking(record.setup)}
            sharedServer={record.sharedServer}
          />
        );
      })}
      <PhaseStrip phases={drawn} scaleMs={scaleMs} />
      <Totals turn={turn} />
      <TurnNotes notes={record.notes} />
    </div>
  );
}

/** The sums of a turn of several steps. */
function Totals({ turn }: { turn: Turn }) {
  const totals = useMemo(() => sumTurn(turn, cachedTokensOf), [turn]);
  if (turn.steps.length < 2) return null;
  const { totalTime, inputTokens, outputTokens } = totals;
  return (
    <p className="figures text-muted pt-1 text-[12px]">
      {`${formatPlural(turn.steps.length, "step")} · ${formatSeconds(totalTime.value)} · `}
      {`${formatCount(outputTokens.value)} out · ${formatCount(inputTokens.value)} in`}
    </p>
  );
}

/** The last moment that a turn has data for, in ms on its axis. */
function lastMoment(turn: Turn): number {
  const step = turn.steps.at(-1);
  return step === undefined
    ? 0
    : (step.endedAt ?? step.lastTokenAt ?? step.headAt ?? step.sentAt ?? step.startedAt);
}

/** Whether a call waits for its result: the answer may go on. */
function isWaiting(turn: Turn): boolean {
  const parts = turn.steps.at(-1)?.parts ?? [];
  return parts.some((part) => part.type === "tool-call" && part.status.state === "awaiting-result");
}

/** Parts that have ended, and calls that became a line. */
function closedParts(turn: Turn): number {
  const parts = turn.steps.flatMap((step) => step.parts);
  return parts.filter((part) => part.endedAt !== null).length + parts.filter(isAnswered).length;
}

function isAnswered(part: Part): boolean {
  return part.type === "tool-call" && part.status.state === "answered";
}
