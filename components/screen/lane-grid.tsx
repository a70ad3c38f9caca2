"use client";

import { memo, type ReactNode, useMemo } from "react";

import {
  cellId,
  cellsOf,
  gridColumns,
  gridRows,
  isSharedPrompt,
  promptRow,
} from "@/components/lane/grid-rows";
import { PromptRow } from "@/components/lane/prompt-row";
import { cn } from "@/components/ui/cn";
import { useActions } from "@/lib/session/hooks/use-session";
import type { Asked, Lane, PromptId, Row, TurnId } from "@/lib/session/store/session";

/** Opens the numbers of all answers to a prompt, their times, or the first of them beside another. */
export type RowViews = {
  readonly numbers: (prompt: PromptId) => void;
  readonly timeline: (prompt: PromptId) => void;
  readonly answers: (turn: TurnId) => void;
};

type LaneGridProps = {
  lanes: readonly Lane[];
  rows: readonly Row[];
  /** Rows before this one are not drawn yet. */
  drawnFrom: number;
  /** A prompt that went to every lane was edited, and is asked again. */
  onEdited: () => void;
  /** What shows the answers to a prompt side by side. */
  views: RowViews;
  /** One `Lane` region for each lane, in order. */
  children: ReactNode;
};

/** The measure of an answer and its margins: wider screens hold more lanes, not longer lines. */
const LANE_MAX_PX = 760;

/** The one grid: columns are lanes, rows are turns, and a prompt that went to every lane spans them all. */
export function LaneGrid({ lanes, rows, drawnFrom, onEdited, views, children }: LaneGridProps) {
  const style = useMemo(
    () => ({
      "--columns": gridColumns(lanes.map((lane) => lane.width)),
      "--paper-columns": `repeat(${lanes.length}, minmax(0, 1fr))`,
      gridTemplateRows: gridRows(rows.length),
      maxWidth: lanes.length * LANE_MAX_PX,
    }),
    [lanes, rows.length],
  );
  const ids = useMemo(() => lanes.map(({ id }) => id), [lanes]);
  return (
    <div
      style={style}
      className={cn(
        "mx-auto grid w-full [grid-template-columns:var(--columns)] max-[720px]:[grid-template-columns:minmax(0,1fr)]",
        // Before the first prompt the rest of the height is not the lanes'.
        rows.length > 0 && "min-h-full",
      )}
    >
      {children}
      {rows.map((row, index) =>
        row.asked !== null && isSharedPrompt(row, lanes.length) && index >= drawnFrom ? (
          <SharedPrompt
            key={promptRow(index)}
            asked={row.asked}
            index={index}
            onEdited={onEdited}
            first={lanes.flatMap(({ id }) => row.turns.get(id)?.id ?? [])[0]}
            views={lanes.length > 1 ? views : undefined}
          />
        ) : null,
      )}
      {rows.map((row, index) =>
        index < drawnFrom ? null : (
          // The cells stand lane by lane in the page. Assistive technology reads them row by row, as they are seen.
          <div
            key={promptRow(index)}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it groups nothing of a form, and holds no element
            role="group"
            aria-label={`Row ${index + 1}`}
            aria-owns={cellsOf(row, index, ids).join(" ")}
            className="absolute"
          />
        ),
      )}
    </div>
  );
}

type SharedPromptProps = Pick<LaneGridProps, "onEdited"> & {
  asked: Asked;
  index: number;
  /** The answer of the first lane. */
  first: TurnId | undefined;
  views: RowViews | undefined;
};

const SharedPrompt = memo(function SharedPrompt({ asked, index, onEdited, first, views }: SharedPromptProps) {
  const { editPrompt } = useActions();
  return (
    <div
      id={cellId("prompt", index, "all")}
      style={{ gridRow: promptRow(index) }}
      className="border-line bg-band z-10 col-span-full not-first-of-type:border-t"
    >
      <div className="sticky left-0 w-[min(100%,100cqw)] px-4">
        <PromptRow
          id={`prompt-${asked.promptId}`}
          laneNumber={index + 1}
          prompt={asked.prompt}
          images={asked.images}
          views={
            views && {
              numbers: () => views.numbers(asked.promptId),
              timeline: () => views.timeline(asked.promptId),
              answers: () => first !== undefined && views.answers(first),
            }
          }
          onEdit={(prompt, images) => {
            editPrompt(asked.promptId, prompt, images);
            onEdited();
          }}
        />
      </div>
    </div>
  );
});
