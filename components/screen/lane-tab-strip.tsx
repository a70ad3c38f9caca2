"use client";

import { PHASE_STYLES } from "@/components/answer/timings/phase-labels";
import { placePhases } from "@/components/answer/timings/strip-scale";
import { cn } from "@/components/ui/cn";
import { useTurn } from "@/lib/session/hooks/use-turn";
import type { LaneId, Row, TurnRecord } from "@/lib/session/store/session";
import { phases } from "@/lib/stream/figures/phases";

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
