"use client";

import { ChevronLeft, ChevronRight, RotateCcw, Square } from "lucide-react";
import { memo, useMemo, useRef } from "react";

import { TurnView } from "@/components/chat/turn-view";
import { useEndInView } from "@/components/chat/use-end-in-view";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import type { ToolDefinition } from "@/lib/providers/provider";
import type { TurnId, TurnRecord } from "@/lib/session/session";
import { useActions, useBranch, useIsLive, useIsSilent, useTurn } from "@/lib/session/use-session";

import { answerText } from "./answer-text";
import { estimateHeight } from "./estimate-height";
import { useNow } from "./use-now";

type AnswerProps = {
  record: TurnRecord;
  place: number;
  /** End of the row's time axis in ms, one for all its lanes. */
  scaleMs: number;
  tools: readonly ToolDefinition[];
  canEndThinking: boolean;
  readOnly: boolean;
  onShowWire: (turn: TurnId, stepId: string) => void;
  onSubmitToAll: (record: TurnRecord, toolName: string, output: string, isError: boolean) => void;
};

/** One lane's answer to one prompt, live or saved, with its branches and what can be done with it. */
export const Answer = memo(function Answer(props: AnswerProps) {
  const { record, place } = props;
  const turn = useTurn(record.id) ?? record.turn;
  const isLive = useIsLive(record.id);
  const isSilent = useIsSilent(record.id);
  const actions = useActions();
  const now = useNow(record.createdAt, isLive);
  const article = useRef<HTMLElement>(null);
  useEndInView(article);
  // Out of view a settled answer is neither laid out nor painted. Its own height is remembered once it was seen.
  const style = useMemo(
    () => (isLive ? undefined : { containIntrinsicBlockSize: `auto ${estimateHeight(record.turn)}px` }),
    [isLive, record.turn],
  );
  return (
    <article
      ref={article}
      aria-label={`Answer of lane ${place} to: ${record.prompt.slice(0, 80)}`}
      aria-busy={isLive}
      style={style}
      className={cn(
        "group/answer sticky min-w-0 px-4 pb-4",
        isLive ? "[contain:layout_style]" : "[content-visibility:auto]",
      )}
    >
      <div className="max-w-[80ch]">
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
          onSubmitToAll={(toolName, output, isError) =>
            props.onSubmitToAll(record, toolName, output, isError)
          }
          onRetry={() => actions.retry(record.id)}
          {...(props.canEndThinking ? { onEndThinking: () => void actions.endThinking(record.id) } : {})}
          onShowWire={(stepId) => props.onShowWire(record.id, stepId)}
        />
        <div className="flex h-7 items-center gap-1">
          <Branches record={record} disabled={isLive} />
          {isLive ? (
            <>
              {isSilent ? <span className="text-warn">Nothing has come for 20 s.</span> : null}
              <Button kind="quiet" size="small" onClick={() => actions.stop(record.laneId)}>
                <Square size={12} fill="currentColor" aria-hidden />
                Stop
              </Button>
            </>
          ) : (
            <>
              <CopyButton label="Copy answer" text={() => answerText(turn)} />
              {props.readOnly ? null : (
                <Button
                  kind="quiet"
                  size="icon"
                  aria-label="Retry as a new branch"
                  title="Retry as a new branch"
                  onClick={() => actions.retry(record.id)}
                >
                  <RotateCcw size={14} aria-hidden />
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </article>
  );
});

function Branches({ record, disabled }: { record: TurnRecord; disabled: boolean }) {
  const { index, count } = useBranch(record.id);
  const actions = useActions();
  if (count < 2) return null;
  // Not `disabled` at the ends: that would drop the focus of a person who goes through them by keyboard.
  const show = (by: -1 | 1) => {
    if (!disabled) actions.showSibling(record.id, by);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- buttons in a line of text, not fields of a form
    <span className="flex items-center" role="group" aria-label={`Branch ${index + 1} of ${count}`}>
      <Button
        kind="quiet"
        size="icon"
        aria-label="Previous branch"
        aria-disabled={disabled || index === 0}
        onClick={() => show(-1)}
      >
        <ChevronLeft size={14} aria-hidden />
      </Button>
      <span className="figures text-muted">
        {index + 1}/{count}
      </span>
      <Button
        kind="quiet"
        size="icon"
        aria-label="Next branch"
        aria-disabled={disabled || index === count - 1}
        onClick={() => show(1)}
      >
        <ChevronRight size={14} aria-hidden />
      </Button>
    </span>
  );
}
