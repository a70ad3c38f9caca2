"use client";

import { type ReactNode, useCallback, useMemo } from "react";

import {
  CompareContext,
  KeptThoughtsContext,
  OpenInspectorContext,
  RowScalesContext,
} from "@/components/answer/answer-scope";
import { TailContext } from "@/components/answer/scroll/use-end-window";
import type { FollowTail } from "@/components/answer/scroll/use-follow-tail";
import { LaneBoundary } from "@/components/lane/lane-boundary";
import { LaneColumn } from "@/components/lane/lane-column";
import { cn } from "@/components/ui/cn";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import { useRows, useSession } from "@/lib/session/hooks/use-session";
import type { LaneId, TurnId } from "@/lib/session/store/session";

import { LaneGrid, type RowViews } from "./lane-grid";
import { LaneTabs, LaneTabStrip } from "./lane-tabs";
import type { OnPanel } from "./panel-state";
import { useDrawnFrom } from "./use-drawn-from";
import { useRowScales } from "./use-row-scales";
import { useSwipe } from "./use-swipe";

type LanesViewProps = {
  /** The lane that a narrow screen shows. */
  activeLane: LaneId | null;
  onActivate: (lane: LaneId) => void;
  keepsThoughts: boolean;
  follow: FollowTail;
  onPanel: OnPanel;
  /** What stands below says that no lane has a model. */
  saysNoModel?: boolean;
  /** What stands below the lanes while nothing was asked yet. */
  children?: ReactNode;
};

/** The lanes of a comparison, or of a recording of one, with everything that was asked and answered. */
export function LanesView({
  activeLane,
  onActivate,
  keepsThoughts,
  follow,
  onPanel,
  saysNoModel = false,
  children,
}: LanesViewProps) {
  const session = useSession();
  const rows = useRows();
  const drawnFrom = useDrawnFrom(rows.length, session.id);
  const scales = useRowScales(rows);
  const isNarrow = useIsNarrow();
  const { lanes } = session;
  const { ref: scroller, follower, jumpToTail } = follow;
  const swipe = useSwipe((by) => {
    const next = lanes[lanes.findIndex((lane) => lane.id === activeLane) + by];
    if (isNarrow && next !== undefined) onActivate(next.id);
  });
  const rowViews = useMemo((): RowViews => {
    return {
      numbers: (prompt) => onPanel({ kind: "row-table", prompt }),
      timeline: (prompt) => onPanel({ kind: "timeline", prompt }),
      answers: (one) => onPanel({ kind: "compare", compared: { one, other: null, view: "answer" } }),
    };
  }, [onPanel]);
  const openInspector = useCallback(
    (turn: TurnId, stepId: string) => onPanel({ kind: "inspector", turn, stepId }),
    [onPanel],
  );
  return (
    <>
      <LaneTabs
        lanes={lanes.map(({ id, own }) => ({
          id,
          model: own.model ?? session.shared.model,
          strip: isNarrow && rows.length > 0 ? <LaneTabStrip lane={id} rows={rows} scales={scales} /> : null,
        }))}
        active={activeLane}
        onActivate={onActivate}
      />
      <main
        ref={scroller}
        {...swipe}
        className={cn(
          "[container-type:size] relative min-h-48 flex-1 overflow-auto max-[720px]:touch-pan-y max-[720px]:touch-pinch-zoom",
          rows.length === 0 && "flex flex-col",
        )}
      >
        <OpenInspectorContext value={openInspector}>
          <CompareContext value={rowViews.answers}>
            <KeptThoughtsContext value={keepsThoughts}>
              <RowScalesContext value={scales}>
                <TailContext value={follower}>
                  <LaneGrid
                    lanes={lanes}
                    rows={rows}
                    drawnFrom={drawnFrom}
                    onEdited={jumpToTail}
                    views={rowViews}
                  >
                    {lanes.map((lane, index) => (
                      <LaneBoundary
                        key={lane.id}
                        laneId={lane.id}
                        laneNumber={index + 1}
                        rows={rows}
                        isActive={lane.id === activeLane}
                      >
                        <LaneColumn
                          session={session}
                          laneId={lane.id}
                          laneNumber={index + 1}
                          isActive={lane.id === activeLane}
                          rows={rows}
                          drawnFrom={drawnFrom}
                          isSaidBelow={saysNoModel}
                          onPanel={onPanel}
                        />
                      </LaneBoundary>
                    ))}
                  </LaneGrid>
                </TailContext>
              </RowScalesContext>
            </KeptThoughtsContext>
          </CompareContext>
        </OpenInspectorContext>
        {children}
      </main>
    </>
  );
}
