"use client";

import type { ReactNode } from "react";

import { AnswerFault } from "@/components/answer/answer-fault";
import { plainAnswer } from "@/components/answer/answer-text";
import { cn } from "@/components/ui/cn";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { type LiveReader, useLiveTurns } from "@/lib/session/hooks/use-turn";
import type { LaneId, Row } from "@/lib/session/store/session";

type LaneBoundaryProps = {
  laneId: LaneId;
  laneNumber: number;
  rows: readonly Row[];
  isActive: boolean;
  children: ReactNode;
};

/** Keeps a fault in drawing one lane out of the other lanes. */
export function LaneBoundary({ laneId, laneNumber, rows, isActive, children }: LaneBoundaryProps) {
  const { current } = useLiveTurns();
  return (
    <ErrorBoundary
      renderFault={(error, retry) => (
        <section
          id={`lane-${laneNumber}`}
          tabIndex={-1}
          aria-label={`Lane ${laneNumber}: not drawn`}
          style={{ gridColumn: laneNumber, gridRow: "1 / -1" }}
          className={cn("min-w-0 px-4 max-[720px]:[grid-column:1]!", !isActive && "max-[720px]:hidden")}
        >
          <AnswerFault
            what={`Lane ${laneNumber}`}
            error={error}
            onRetry={retry}
            text={() => textOf(rows, laneId, current)}
          />
        </section>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

function textOf(rows: readonly Row[], lane: LaneId, current: LiveReader["current"]): string {
  return rows
    .flatMap(({ turns }) => {
      const record = turns.get(lane);
      return record === undefined ? [] : [`You: ${record.prompt}`, plainAnswer(current(record.id))];
    })
    .join("\n\n");
}
