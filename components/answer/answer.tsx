"use client";

import { memo, useCallback, useContext, useMemo, useRef } from "react";

import { useBesideLonger } from "@/components/answer/scroll/use-beside-longer";
import { useEndWindow } from "@/components/answer/scroll/use-end-window";
import { cn } from "@/components/ui/cn";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useReadOnly } from "@/lib/session/hooks/use-session";
import { useGrowingParts, useIsLive, useIsSilent, useLiveTurns, useTurn } from "@/lib/session/hooks/use-turn";
import type { TurnRecord } from "@/lib/session/store/session";

import { AnswerActions } from "./answer-actions";
import { AnswerFault } from "./answer-fault";
import { type AnswerScope, AnswerScopeContext, OpenInspectorContext } from "./answer-scope";
import { answerText, plainAnswer } from "./answer-text";
import { estimateHeight, useRestHeight } from "./rest-height";
import { modelOf, SetupLabel } from "./setup-label";
import { TurnView } from "./turn-view";
import { GrowingPartsContext } from "./use-growing";
import { useNow } from "./use-now";

import "./answer.css";

type AnswerProps = {
  record: TurnRecord;
  /** The lane's number on screen, from 1. */
  laneNumber: number;
  /** The lane has another answer below this one. */
  hasGoneOn: boolean;
};

/** One lane's answer to one prompt, live or saved, with its branches and what can be done with it. */
export const Answer = memo(function Answer({ record, laneNumber, hasGoneOn }: AnswerProps) {
  const { id } = record;
  const turn = useTurn(id);
  const growing = useGrowingParts(id);
  const isLive = useIsLive(id);
  const isSilent = useIsSilent(id);
  const { current } = useLiveTurns();
  const article = useRef<HTMLElement>(null);
  useEndWindow(article, isLive);
  useBesideLonger(article, isLive);
  const now = useNow(id, isLive, growing.subscribe);
  const scope = useScope(record);
  const copyText = useCallback(() => answerText(current(id)), [current, id]);
  const estimate = useMemo(() => estimateHeight(record.turn), [record.turn]);
  const restHeight = useRestHeight(article, isLive, estimate);
  // Out of view a settled answer is neither laid out nor painted. Its own height is remembered once it was seen.
  const style = useMemo(
    () => (restHeight === null ? undefined : { containIntrinsicBlockSize: `auto ${restHeight}px` }),
    [restHeight],
  );
  const actions = <AnswerActions record={record} isLive={isLive} isSilent={isSilent} copyText={copyText} />;
  return (
    <article
      ref={article}
      data-end-held=""
      data-turn={id}
      aria-label={`${showMarks(modelOf(record)) || "No model"} in lane ${laneNumber} on: ${showMarks(record.prompt.slice(0, 80))}`}
      aria-busy={isLive}
      data-resting={restHeight === null ? undefined : ""}
      style={style}
      className={cn(
        "group/answer min-w-0 px-4 pt-2 pb-4",
        restHeight === null ? "[contain:layout_style]" : "[content-visibility:auto]",
      )}
    >
      <div className="max-w-(--measure)">
        <h3 className="sr-only select-none">{`Answer of lane ${laneNumber}`}</h3>
        <SetupLabel record={record} isAlone />
        <AnswerScopeContext value={scope}>
          <ErrorBoundary
            resetKey={id}
            renderFault={(error, retry) => (
              <>
                <AnswerFault
                  what="This answer"
                  error={error}
                  onRetry={retry}
                  text={() => plainAnswer(current(id))}
                />
                <div className="flex h-[28px] items-center justify-end pointer-coarse:h-[44px]">
                  {actions}
                </div>
              </>
            )}
          >
            <GrowingPartsContext value={isLive ? growing : null}>
              <TurnView
                record={record}
                turn={turn}
                live={isLive}
                now={now}
                hasGoneOn={hasGoneOn}
                actions={actions}
              />
            </GrowingPartsContext>
          </ErrorBoundary>
        </AnswerScopeContext>
      </div>
    </article>
  );
});

function useScope({ id, laneId }: TurnRecord): AnswerScope {
  const readOnly = useReadOnly();
  const openInspector = useContext(OpenInspectorContext);
  return useMemo(
    () => ({ turnId: id, laneId, readOnly, openInspector: (stepId) => openInspector(id, stepId) }),
    [id, laneId, readOnly, openInspector],
  );
}
