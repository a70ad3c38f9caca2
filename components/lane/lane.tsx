"use client";

import { memo, type ReactNode, useContext, useMemo } from "react";

import {
  FIRST_SCALE_MS,
  RowScalesContext,
  ScaleContext,
  WaitingCallsContext,
} from "@/components/answer/answer-scope";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { lastOf } from "@/lib/session/hooks/last-of";
import { useActions } from "@/lib/session/hooks/use-session";
import type { LaneId, Row, TurnRecord } from "@/lib/session/store/session";
import { hasGoneOn, waitingCalls } from "@/lib/session/store/waiting-calls";

import { AnswerPart } from "./answer-part";
import { answerRow, cellId, HEADER_ROW, isSharedPrompt, promptRow } from "./grid-rows";
import { PromptRow } from "./prompt-row";

type LaneProps = {
  id: LaneId;
  laneNumber: number;
  laneCount: number;
  model: string;
  isActive: boolean;
  rows: readonly Row[];
  /** Rows before this one are not drawn yet. */
  drawnFrom: number;
  header: ReactNode;
  empty: ReactNode;
  /** What the next prompt will meet here; shown under the answers while nothing streams. */
  verdicts: ReactNode;
  isLive: boolean;
};

/** Above the prompts, which scroll under the headers. */
const HEADER_LAYER = 20;

/** One exhibit: a column of the grid whose rows line up with those of the other lanes. */
export const Lane = memo(function Lane(props: LaneProps) {
  const { id, laneNumber, rows } = props;
  const answered = rows.some((row) => row.turns.has(id));
  // The variable is for paper, where each lane has its column at any width.
  const column = { gridColumn: laneNumber, gridRow: "1 / -1", "--lane": laneNumber };
  return (
    <section
      id={`lane-${laneNumber}`}
      tabIndex={-1}
      aria-label={`Lane ${laneNumber}: ${showMarks(props.model) || "no model"}`}
      style={column}
      className={cn(
        "grid min-w-0 grid-rows-subgrid border-line outline-offset-[-2px] max-[720px]:[grid-column:1]!",
        laneNumber > 1 && "min-[720px]:border-l",
        !props.isActive && "max-[720px]:hidden",
      )}
    >
      {/* Each header over the next one: the border to drag lies on both. */}
      <div
        className="sticky top-0 min-w-0"
        style={{ gridRow: HEADER_ROW, zIndex: HEADER_LAYER + props.laneCount - laneNumber }}
      >
        {props.header}
      </div>
      {answered ? (
        <div style={{ gridRow: promptRow(rows.length) }} className="px-4 pb-3 empty:hidden">
          {props.isLive ? null : props.verdicts}
        </div>
      ) : (
        <div style={{ gridRow: promptRow(rows.length) }}>{props.empty}</div>
      )}
      <LaneRows
        id={id}
        laneNumber={laneNumber}
        laneCount={props.laneCount}
        rows={rows}
        drawnFrom={props.drawnFrom}
      />
    </section>
  );
});

type LaneRowsProps = Pick<LaneProps, "id" | "laneNumber" | "laneCount" | "rows" | "drawnFrom">;

/** The answers alone: a header that changes, or a key typed in the composer, does not draw them again. */
const LaneRows = memo(function LaneRows(props: LaneRowsProps) {
  const { id, rows, drawnFrom } = props;
  return rows.map((row, index) => {
    const record = row.turns.get(id);
    if (record === undefined || index < drawnFrom) return null;
    const isOwn = !isSharedPrompt(row, props.laneCount);
    return (
      <LaneRow
        // By its row: the same row shows the branches of an answer in turn, and keeps the focus.
        key={answerRow(index)}
        index={index}
        isOwnPrompt={isOwn}
        {...props}
        record={record}
      />
    );
  });
});

function LaneRow({
  index,
  record,
  isOwnPrompt,
  ...props
}: LaneRowsProps & { index: number; record: TurnRecord; isOwnPrompt: boolean }) {
  const { rows } = props;
  const scaleMs = useContext(RowScalesContext)[index] ?? FIRST_SCALE_MS;
  const { editPrompt } = useActions();
  const readWaiting = useMemo(() => lastOf(waitingCalls), []);
  const waiting = readWaiting(rows, index);
  return (
    <>
      {isOwnPrompt ? (
        <div
          id={cellId("prompt", index, props.laneNumber)}
          style={{ gridRow: promptRow(index) }}
          className="border-line bg-band border-t px-4"
        >
          <div>
            <PromptRow
              id={`prompt-${record.promptId}-${props.laneNumber}`}
              laneNumber={index + 1}
              prompt={record.prompt}
              images={record.images}
              onEdit={(prompt, images) => editPrompt(record.promptId, prompt, images)}
            />
          </div>
        </div>
      ) : null}
      <div
        id={cellId("answer", index, props.laneNumber)}
        style={{ gridRow: answerRow(index) }}
        className="answer-cell"
      >
        <WaitingCallsContext value={waiting}>
          <ScaleContext value={scaleMs}>
            <AnswerPart
              record={record}
              laneNumber={props.laneNumber}
              hasGoneOn={hasGoneOn(rows, index, record.laneId)}
            />
          </ScaleContext>
        </WaitingCallsContext>
      </div>
    </>
  );
}
