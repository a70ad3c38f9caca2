"use client";

import { useMemo, useRef } from "react";

import { useHeldHeight } from "@/components/answer/scroll/use-held-height";
import { PhaseStrip } from "@/components/answer/timings/phase-strip";
import { formatCount, formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import { phases } from "@/lib/stream/figures/phases";
import { sumTurn } from "@/lib/stream/figures/sum-turn";
import type { Turn } from "@/lib/stream/turn/turn";

import { StepView } from "./step-view";
import { TurnNotes } from "./turn-notes";
import type { Answering, TurnViewProps } from "./turn-view-props";
import { useSteady } from "./use-steady";

/** One lane's answer to one prompt: its steps in order, and the phase strip under them. */
export function TurnView(props: TurnViewProps) {
  const { turn, live } = props;
  const root = useRef<HTMLDivElement>(null);
  useHeldHeight(root, live, closedParts(turn));
  // Callers make callbacks anew for every render; settled steps must not be drawn again for that.
  const onSubmitResult = useSteady(props.onSubmitResult);
  const onBranch = useSteady(props.onBranch ?? ignore);
  const onRetry = useSteady(props.onRetry);
  const onReadThought = useSteady(props.onReadThought ?? ignore);
  const onEndThinking = useSteady(props.onEndThinking ?? ignore);
  const onShowWire = useSteady(props.onShowWire);
  const settledAt = lastMoment(turn);
  const now = live ? Math.max(props.now, settledAt) : settledAt;
  const drawn = useMemo(() => phases(turn, now), [turn, now]);
  const last = turn.steps.length - 1;
  const canChange = props.readOnly !== true;
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
            answering={answering(props, isLive || index < last || step.status.state !== "done")}
            tools={props.tools}
            sharedServer={props.sharedServer}
            onSubmitResult={onSubmitResult}
            onBranch={canChange && props.onBranch !== undefined ? onBranch : undefined}
            onEndThinking={
              isLive && canChange && props.onEndThinking !== undefined ? onEndThinking : undefined
            }
            onReadThought={canChange && props.onReadThought !== undefined ? onReadThought : undefined}
            onRetry={canChange && index === last ? onRetry : undefined}
            onShowWire={onShowWire}
          />
        );
      })}
      <PhaseStrip phases={drawn} scaleMs={props.scaleMs} />
      <Totals turn={turn} />
      <TurnNotes notes={props.notes} />
    </div>
  );
}

function answering({ readOnly, hasGoneOn }: TurnViewProps, isClosed: boolean): Answering {
  if (isClosed) return "closed";
  if (hasGoneOn) return "passed-over";
  return readOnly === true ? "closed" : "open";
}

/** The sums of a turn of several steps. */
function Totals({ turn }: { turn: Turn }) {
  const totals = useMemo(() => sumTurn(turn), [turn]);
  if (turn.steps.length < 2) return null;
  const { totalTime, inputTokens, outputTokens } = totals;
  return (
    <p className="figures text-muted pt-1 text-[12px]">
      {`${formatPlural(turn.steps.length, "step")} · ${formatSeconds(totalTime.value)} · `}
      {`${formatCount(outputTokens.value)} out · ${formatCount(inputTokens.value)} in`}
    </p>
  );
}

/** The last moment that a turn tells of, in ms on its axis. */
function lastMoment(turn: Turn): number {
  const step = turn.steps.at(-1);
  return step === undefined
    ? 0
    : (step.endedAt ?? step.lastTokenAt ?? step.headAt ?? step.sentAt ?? step.startedAt);
}

/** Parts that have ended. */
function closedParts(turn: Turn): number {
  const parts = turn.steps.flatMap((step) => step.parts);
  return parts.filter((part) => part.endedAt !== null).length;
}

function ignore(): void {}
