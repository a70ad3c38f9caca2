"use client";

import { ChevronRight } from "lucide-react";
import { memo, useId, useState } from "react";

import { cn } from "@/components/ui/cn";
import { loadedPart } from "@/components/ui/loaded-part";
import { Tooltip } from "@/components/ui/tooltip";
import { formatSeconds } from "@/lib/stream/figures/format-number";
import type { Phase, PhaseKind } from "@/lib/stream/figures/phases";

import { PHASE_LABELS, PHASE_STYLES, phaseSummary } from "./phase-labels";
import { axisMarks, placePhases } from "./strip-scale";

// Fetched when the first one is opened.
const PhaseTable = loadedPart(async () => (await import("./phase-table")).PhaseTable);

type PhaseStripProps = {
  phases: readonly Phase[];
  /** ms that the full width stands for, one for all lanes. */
  scaleMs: number;
};

/** A turn's phases in real time, on the axis that all lanes share. Hovering shows one phase, a click all of them. */
export const PhaseStrip = memo(function PhaseStrip({ phases, scaleMs }: PhaseStripProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const toggle = () => setIsOpen(!isOpen);
  const length = (phases.at(-1)?.endMs ?? 0) - (phases[0]?.startMs ?? 0);
  return (
    <div className="pt-1">
      <div className="flex items-end gap-2">
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button beside it does the same for the keyboard */}
        <div
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made of boxes, not an image file
          role="img"
          aria-label={phaseSummary(phases)}
          data-toggle=""
          onClick={toggle}
          className="relative h-5 min-w-0 flex-1"
        >
          <Axis scaleMs={scaleMs} />
          {placePhases(phases, scaleMs).map(({ phase, at, width, cut }) => (
            <Segment
              key={`${phase.step} ${phase.startMs}`}
              kind={phase.kind}
              lengthMs={phase.endMs - phase.startMs}
              at={at}
              width={width}
              cut={cut}
            />
          ))}
        </div>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={`Timeline, ${formatSeconds(length)}`}
          onClick={toggle}
          className="rounded-inner figures text-muted hover:text-text flex h-5 shrink-0 items-center text-[12px]"
        >
          {/* As wide for any number, or the strip would shift under its axis. */}
          <span className="min-w-[9ch] text-right">{formatSeconds(length)}</span>
          <ChevronRight size={12} aria-hidden className={cn(isOpen && "rotate-90")} />
        </button>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen ? <PhaseTable phases={phases} /> : null}
      </div>
    </div>
  );
});

function Axis({ scaleMs }: { scaleMs: number }) {
  return (
    <>
      <span className="bg-line absolute inset-x-0 bottom-0 h-px" />
      {axisMarks(scaleMs).map((at) => (
        <span
          key={at}
          className="bg-line-strong absolute bottom-0 h-5 w-px opacity-40"
          style={{ left: `${(at / scaleMs) * 100}%` }}
        />
      ))}
    </>
  );
}

type SegmentProps = { kind: PhaseKind; lengthMs: number; at: number; width: number; cut: boolean };

/** One phase. Only the last of a live strip changes from frame to frame. */
const Segment = memo(function Segment({ kind, lengthMs, at, width, cut }: SegmentProps) {
  const tip = `${PHASE_LABELS[kind]} ${formatSeconds(lengthMs)}${cut ? "\nnot to scale" : ""}`;
  return (
    <Tooltip content={tip} describes={false}>
      <span
        className="absolute bottom-px flex h-4 items-end"
        style={{ left: `${at * 100}%`, width: `${width * 100}%` }}
      >
        <span className={cn("w-full min-w-px", PHASE_STYLES[kind], cut && "min-w-1.5")} />
      </span>
    </Tooltip>
  );
});
