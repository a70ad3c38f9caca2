"use client";

import { memo, useContext } from "react";

import { ScaleContext } from "@/components/answer/answer-scope";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { isPause, type Phase, type PhaseKind } from "@/lib/stream/figures/phases";

import { PHASE_STYLES, phaseSummary, phaseWords } from "./phase-labels";
import { layOutPhases, numberedTicks, stepTicks, timeTicks } from "./strip-scale";

type PhaseStripProps = {
  phases: readonly Phase[];
  stepCount: number;
  /** For the pointer; the line below does the same for the keyboard. */
  onToggle: () => void;
};

/**
 * A turn's phases in real time, on the axis that all lanes share: its round times, each step with its number, and a break
 * where somebody was waited for. Hovering shows one phase, a press all of them.
 */
export const PhaseStrip = memo(function PhaseStrip({ phases, stepCount, onToggle }: PhaseStripProps) {
  const scaleMs = useContext(ScaleContext);
  const drawn = layOutPhases(phases, scaleMs);
  const times = timeTicks(scaleMs);
  const bars = drawn.filter(({ phase }) => !isPause(phase));
  const [first] = drawn;
  const beginsWithBreak = first !== undefined && isPause(first.phase);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button below does the same for the keyboard
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made of boxes, not an image file
      role="img"
      aria-label={phaseSummary(phases)}
      data-toggle=""
      onClick={onToggle}
      // It is drawn with backgrounds, which paper and forced colors leave out.
      className="bg-line/60 relative h-[12px] rounded-full forced-color-adjust-none [print-color-adjust:exact]"
    >
      {bars.map(({ phase, at, width }, index) => (
        <Bar
          key={`${phase.step} ${phase.startMs}`}
          kind={phase.kind}
          tip={phaseWords(phase)}
          at={at}
          width={width}
          isFirst={index === 0}
          isLast={index === bars.length - 1}
        />
      ))}
      {drawn.map(({ phase, at }) =>
        isPause(phase) ? (
          <Break key={`${phase.step} ${phase.startMs}`} tip={phaseWords(phase)} at={at} />
        ) : null,
      )}
      {stepTicks(drawn, stepCount).map(({ stepNumber, at }) => (
        <span
          key={stepNumber}
          className="bg-bg ring-line-strong text-text absolute top-0 size-[12px] rounded-full text-center text-[9px] leading-[12px] tabular-nums ring-1 ring-inset"
          style={{ left: beginsWithBreak ? `max(${at * 100}%, ${BREAK_WIDTH}px)` : `${at * 100}%` }}
        >
          {stepNumber}
        </span>
      ))}
      {times.map(({ ms, at }) => (
        <span
          key={ms}
          aria-hidden
          className="bg-line-strong absolute top-full h-[3px] w-px -translate-x-full"
          style={{ left: `${at * 100}%` }}
        />
      ))}
      {numberedTicks(times, drawn).map(({ ms, at }) => (
        <span
          key={ms}
          aria-hidden
          className="text-faint absolute top-0 pr-1 text-[9px] leading-[12px] tabular-nums"
          style={{ right: `${(1 - at) * 100}%` }}
        >
          {`${ms / 1_000} s`}
        </span>
      ))}
    </div>
  );
});

type BarProps = {
  kind: PhaseKind;
  tip: string;
  at: number;
  width: number;
  isFirst: boolean;
  isLast: boolean;
};

/** One phase. Only the last of a live strip changes from frame to frame. */
const Bar = memo(function Bar({ kind, tip, at, width, isFirst, isLast }: BarProps) {
  return (
    <Tooltip content={tip} describes={false}>
      <span
        className="absolute inset-y-0 flex items-center"
        style={{ left: `${at * 100}%`, width: `${width * 100}%` }}
      >
        <span
          className={cn(
            "w-full min-w-px",
            PHASE_STYLES[kind],
            isFirst && "rounded-l-full",
            isLast && "rounded-r-full",
          )}
        />
      </span>
    </Tooltip>
  );
});

/** px */
const BREAK_WIDTH = 8;

/** Where time passed that has no width here. It stands before the place where the strip goes on, and never outside it. */
const Break = memo(function Break({ tip, at }: { tip: string; at: number }) {
  return (
    <Tooltip content={tip} describes={false}>
      <span
        className="bg-bg absolute inset-y-0 -translate-x-full"
        style={{ left: `max(${at * 100}%, ${BREAK_WIDTH}px)` }}
      >
        <BreakMark />
      </span>
    </Tooltip>
  );
});

/** Two strokes through the strip. */
export function BreakMark() {
  return (
    <svg width={BREAK_WIDTH} height={12} viewBox="0 0 8 12" aria-hidden className="text-muted block">
      <path d="M1 11.5 4 .5M4 11.5 7 .5" stroke="currentColor" strokeWidth={1.25} fill="none" />
    </svg>
  );
}
