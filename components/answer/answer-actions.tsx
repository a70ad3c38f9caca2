"use client";

import { ChevronLeft, ChevronRight, RotateCcw, Square } from "lucide-react";
import { memo } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useActions } from "@/lib/session/hooks/use-session";
import { useBranch } from "@/lib/session/hooks/use-turn";
import type { TurnRecord } from "@/lib/session/store/session";

import { useAnswerScope } from "./answer-scope";

type AnswerActionsProps = {
  record: TurnRecord;
  isLive: boolean;
  isSilent: boolean;
  /** The answer's Markdown as it is now. Always the same function, so that a stream does not draw the buttons again. */
  copyText: () => string;
};

/** What can be done with an answer: go through its branches, copy it, try again, and stop it where nothing comes. */
export const AnswerActions = memo(function AnswerActions(props: AnswerActionsProps) {
  const { record, isLive, isSilent } = props;
  const { readOnly } = useAnswerScope();
  const actions = useActions();
  return (
    <>
      {isSilent && isLive ? <span className="text-warn pr-1">No output for 20 s.</span> : null}
      <Branches record={record} disabled={isLive} />
      {/* The lane's header stops an answer that comes: its button stays where it is while the text grows. */}
      {isSilent && isLive && !readOnly ? (
        <Button kind="quiet" size="small" onClick={() => actions.stop(record.laneId)}>
          <Square size={12} fill="currentColor" aria-hidden />
          Stop
        </Button>
      ) : null}
      {isLive || readOnly ? null : (
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
      {/* Last, so that it stays where it is when the answer settles. */}
      <CopyButton label="Copy answer" text={props.copyText} />
    </>
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
