"use client";

import { memo, useCallback, useMemo, useRef } from "react";

import { useEndWindow } from "@/components/answer/scroll/use-end-window";
import { SetupLabel } from "@/components/lane/setup-label";
import { modelOf } from "@/components/lane/setup-words";
import { cn } from "@/components/ui/cn";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { ToolDefinition } from "@/lib/providers/provider";
import { useActions } from "@/lib/session/hooks/use-session";
import { useGrowingParts, useIsLive, useIsSilent, useLiveTurns, useTurn } from "@/lib/session/hooks/use-turn";
import type { TurnId, TurnRecord } from "@/lib/session/store/session";

import { AnswerActions } from "./answer-actions";
import { AnswerFault } from "./answer-fault";
import { answerText } from "./answer-text";
import { estimateHeight } from "./estimate-height";
import { plainAnswer } from "./plain-answer";
import { TurnView } from "./turn-view";
import { GrowingPartsContext } from "./use-growing";
import { useNow } from "./use-now";
import { useRestHeight } from "./use-rest-height";

import "./answer.css";

type AnswerProps = {
  record: TurnRecord;
  place: number;
  /** End of the row's time axis in ms, one for all its lanes. */
  scaleMs: number;
  tools: readonly ToolDefinition[];
  canEndThinking: boolean;
  readOnly: boolean;
  onShowWire: (turn: TurnId, stepId: string) => void;
  /** The lane has another answer below this one. */
  hasGoneOn: boolean;
};

/** One lane's answer to one prompt, live or saved, with its branches and what can be done with it. */
export const Answer = memo(function Answer(props: AnswerProps) {
  const { record, place } = props;
  const turn = useTurn(record.id);
  const growing = useGrowingParts(record.id);
  const isLive = useIsLive(record.id);
  const isSilent = useIsSilent(record.id);
  const actions = useActions();
  const { current } = useLiveTurns();
  const article = useRef<HTMLElement>(null);
  useEndWindow(article, isLive);
  const now = useNow(record.id, isLive, growing.subscribe);
  const copyText = useCallback(() => answerText(current(record.id)), [current, record.id]);
  const estimate = useMemo(() => estimateHeight(record.turn), [record.turn]);
  const restHeight = useRestHeight(article, isLive, estimate);
  // Out of view a settled answer is neither laid out nor painted. Its own height is remembered once it was seen.
  const style = useMemo(
    () => (restHeight === null ? undefined : { containIntrinsicBlockSize: `auto ${restHeight}px` }),
    [restHeight],
  );
  return (
    <article
      ref={article}
      data-end-held=""
      aria-label={`${showMarks(modelOf(record)) || "No model"} in lane ${place} on: ${showMarks(record.prompt.slice(0, 80))}`}
      aria-busy={isLive}
      style={style}
      className={cn(
        "group/answer min-w-0 px-4 pb-4",
        restHeight === null ? "[contain:layout_style]" : "[content-visibility:auto]",
      )}
    >
      <div className="max-w-[80ch]">
        <SetupLabel record={record} />
        <ErrorBoundary
          resetKey={record.id}
          renderFault={(error, retry) => (
            <AnswerFault
              what="This answer"
              error={error}
              onRetry={retry}
              text={() => plainAnswer(current(record.id))}
            />
          )}
        >
          <GrowingPartsContext value={isLive ? growing : null}>
            <TurnView
              turn={turn}
              live={isLive}
              now={now}
              scaleMs={props.scaleMs}
              tools={props.tools}
              sharedServer={record.sharedServer}
              notes={record.notes}
              readOnly={props.readOnly}
              onSubmitResult={(stepId, partId, output, isError, origin) =>
                actions.submitResult(record.id, stepId, partId, output, isError, origin)
              }
              hasGoneOn={props.hasGoneOn}
              onBranch={() => actions.answerAgain(record.id)}
              onReadThought={(stepId, partId) => actions.readThought(record.id, stepId, partId)}
              onRetry={() => actions.retry(record.id)}
              {...(props.canEndThinking ? { onEndThinking: () => void actions.endThinking(record.id) } : {})}
              onShowWire={(stepId) => props.onShowWire(record.id, stepId)}
            />
          </GrowingPartsContext>
        </ErrorBoundary>
        <AnswerActions
          record={record}
          isLive={isLive}
          isSilent={isSilent}
          readOnly={props.readOnly}
          copyText={copyText}
        />
      </div>
    </article>
  );
});
