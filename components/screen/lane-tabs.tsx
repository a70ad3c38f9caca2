"use client";

import type { ReactNode } from "react";

import { PHASE_STYLES } from "@/components/answer/timings/phase-labels";
import { placePhases } from "@/components/answer/timings/strip-scale";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useTurn } from "@/lib/session/hooks/use-turn";
import type { LaneId, Row, TurnRecord } from "@/lib/session/store/session";
import { phases } from "@/lib/stream/figures/phases";

type LaneTabsProps = {
  lanes: readonly { readonly id: LaneId; readonly model: string; readonly strip: ReactNode }[];
  active: LaneId | null;
  onActivate: (lane: LaneId) => void;
};

/** Narrow screens show one lane at a time: its tab carries the model's name and the phases of its last turn. */
export function LaneTabs({ lanes, active, onActivate }: LaneTabsProps) {
  if (lanes.length < 2) return null;
  return (
    <nav
      className="border-line bg-bg flex shrink-0 overflow-x-auto border-b min-[720px]:hidden"
      aria-label="Lanes"
    >
      {lanes.map((lane, index) => (
        <button
          key={lane.id}
          type="button"
          aria-pressed={lane.id === active}
          onClick={() => onActivate(lane.id)}
          className={cn(
            "grid min-w-28 flex-1 gap-1 border-b-2 border-transparent px-3 py-2 text-left text-muted",
            lane.id === active && "border-accent text-text",
          )}
        >
          <span className="truncate text-[13px]">
            {index + 1} {showMarks(lane.model) || "no model"}
          </span>
          <span className="h-2" aria-hidden>
            {lane.strip}
          </span>
        </button>
      ))}
    </nav>
  );
}

type LaneTabStripProps = { lane: LaneId; rows: readonly Row[]; scales: readonly number[] };

/** The phases of a lane's newest turn, small enough for its tab. */
export function LaneTabStrip({ lane, rows, scales }: LaneTabStripProps) {
  const index = rows.findLastIndex((row) => row.turns.has(lane));
  const record = rows[index]?.turns.get(lane);
  return record === undefined ? null : <Strip record={record} scaleMs={scales[index] ?? 1_000} />;
}

function Strip({ record, scaleMs }: { record: TurnRecord; scaleMs: number }) {
  const turn = useTurn(record.id);
  const last = turn.steps.at(-1);
  const now = last?.endedAt ?? last?.lastTokenAt ?? last?.startedAt ?? 0;
  return (
    <span className="relative block h-2">
      {placePhases(phases(turn, now), scaleMs).map(({ phase, at, width }) => (
        <span
          key={`${phase.step} ${phase.startMs}`}
          className="absolute inset-y-0 flex items-end overflow-hidden"
          style={{ left: `${at * 100}%`, width: `${width * 100}%` }}
        >
          <span className={cn("w-full min-w-px", PHASE_STYLES[phase.kind])} />
        </span>
      ))}
    </span>
  );
}
