"use client";

import { Fragment, type ReactNode } from "react";

import { PHASE_STYLES } from "@/components/answer/timings/phase-labels";
import { layOutPhases } from "@/components/answer/timings/strip-scale";
import { ModelName } from "@/components/lane/model-name";
import { useIsToldBySettings, useLaneChips } from "@/components/lane/use-lane-chips";
import { cn } from "@/components/ui/cn";
import { useTurn } from "@/lib/session/hooks/use-turn";
import type { LaneId, Row, TurnRecord } from "@/lib/session/store/session";
import { lastStepMoment, phases } from "@/lib/stream/figures/phases";

type LaneTabsProps = {
  /** `strip`: the phases of its last turn; null before anything was asked. */
  lanes: readonly { readonly id: LaneId; readonly model: string; readonly strip: ReactNode }[];
  active: LaneId | null;
  onActivate: (lane: LaneId) => void;
};

/** Narrow screens show one lane at a time: its tab carries the model's name and the phases of its last turn. */
export function LaneTabs({ lanes, active, onActivate }: LaneTabsProps) {
  if (lanes.length < 2) return null;
  // Tabs keep one height: room for a strip is made in all of them at once.
  const hasStrips = lanes.some(({ strip }) => strip !== null);
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
            "grid min-w-28 flex-1 content-center gap-1 border-b-2 border-transparent px-4 py-2 text-left text-muted",
            lane.id === active && "border-accent text-text",
          )}
        >
          <span className="flex min-w-0 gap-1 text-[13px]">
            {lane.model === "" ? "Lane " : null}
            <span className="tabular-nums">{index + 1}</span>
            {lane.model === "" ? null : <ModelName model={lane.model} />}
          </span>
          <TabChips lane={lane.id} />
          {hasStrips ? (
            <span className="h-2" aria-hidden>
              {lane.strip}
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}

/** Lanes on one model are distinguished by what differs; their headers do not say it again. */
function TabChips({ lane }: { lane: LaneId }) {
  const chips = useLaneChips(lane);
  const isNeeded = useIsToldBySettings(lane);
  if (chips.length === 0 || !isNeeded) return null;
  return (
    <span className="text-muted line-clamp-2 text-[12px] [overflow-wrap:anywhere]">
      {chips.map(({ key, label, noEffect }, index) => (
        <Fragment key={key}>
          {index === 0 ? null : " · "}
          <span className={cn(noEffect !== null && "line-through decoration-warn")}>{label}</span>
        </Fragment>
      ))}
    </span>
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
  return (
    <span className="relative block h-2 forced-color-adjust-none">
      {layOutPhases(phases(turn, lastStepMoment(turn)), scaleMs).map(({ phase, at, width }) => (
        <span
          key={`${phase.step} ${phase.startMs}`}
          className="absolute inset-y-0 flex items-center overflow-hidden"
          style={{ left: `${at * 100}%`, width: `${width * 100}%` }}
        >
          <span className={cn("w-full min-w-px", PHASE_STYLES[phase.kind])} />
        </span>
      ))}
    </span>
  );
}
