"use client";

import { ChevronRight, Wrench } from "lucide-react";
import { memo, useContext, useId, useRef } from "react";

import { AnsweringContext, useAnswerScope } from "@/components/answer/answer-scope";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useCalledTool } from "@/lib/session/hooks/use-call-answer";
import { useActions } from "@/lib/session/hooks/use-session";
import { useIsLive } from "@/lib/session/hooks/use-turn";
import { formatCount, formatSeconds } from "@/lib/stream/figures/format-number";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { CallLine } from "./call-line";
import { type ArgumentsVerdict, callStateLabel } from "./call-state";
import { ToolResultSent } from "./result/tool-result-sent";
import { ToolArguments } from "./tool-arguments";
import { ToolRunning } from "./tool-running";
import { useFold } from "./use-fold";
import { useVerdict } from "./use-verdict";
import { WaitingCall } from "./waiting-call";

type ToolCardProps = {
  stepId: string;
  /** ms that its arguments took; null = not known. */
  timeMs: number | null;
  call: ToolCallPart;
  /** Where it stands among the calls made side by side, from 0. */
  index: number;
  /** How many calls were made side by side. */
  count: number;
  /** Another of them has the same name. */
  isNameShared: boolean;
  isLive: boolean;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
  /** A person came into it: it leads from now on. */
  onEnter: (call: ToolCallPart) => void;
};

/**
 * One tool call: its arguments as they arrive, what the schema says to them, and its result. Once answered it is a line,
 * unless there is something wrong with it; a press opens it.
 */
export const ToolCard = memo(function ToolCard(props: ToolCardProps) {
  const { call, count, onEnter } = props;
  const answering = useContext(AnsweringContext);
  const { turnId } = useAnswerScope();
  const tool = useCalledTool(call, turnId);
  const verdict = useVerdict(call, tool);
  const result = call.status.state === "answered" ? call.status.result : null;
  const card = useRef<HTMLFieldSetElement>(null);
  const isWell = result?.isError === false && verdict.kind !== "invalid";
  const { isOpen, toggle, enter } = useFold(card, !isWell, useIsLive(turnId));
  const id = useId();
  const ordinal = `${formatCount(props.index + 1)} of ${formatCount(count)}`;
  const name = showMarks(call.name) || "unnamed tool";
  const marks = (
    <span className="ml-auto flex items-baseline gap-2 pl-2 text-[13px]">
      {isOpen ? <span className="figures text-faint">{formatKnownTime(props.timeMs)}</span> : null}
      {isOpen || verdict.kind !== "valid" ? <VerdictLabel verdict={verdict} /> : null}
    </span>
  );
  const about = (
    <>
      <span className="figures min-w-0 text-left font-semibold [overflow-wrap:anywhere]">{name}</span>
      {count === 1 ? null : <span className="figures text-faint">{ordinal}</span>}
      <span className="text-muted text-[13px]">{callStateLabel(call, answering, props.isLive)}</span>
      {marks}
    </>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only watched: nothing happens to who presses
    <fieldset
      ref={card}
      aria-label={count === 1 ? `Tool call: ${name}` : `Tool call ${ordinal}: ${name}`}
      data-line={isOpen ? undefined : ""}
      data-call={call.id}
      className={cn(
        "min-w-0",
        // One that stands alone is a part of the answer itself; several are in one together.
        count === 1 && ["answer-part", !isOpen && "answer-line"],
        isOpen && "rounded-outer border-line bg-surface border",
      )}
      onFocus={() => onEnter(call)}
      onPointerEnter={enter}
    >
      {result === null ? (
        <div className={cn(HEADER, "px-3")}>
          <Wrench size={14} aria-hidden className="text-phase-tool shrink-0 self-center" />
          {about}
        </div>
      ) : (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={toggle}
          className={cn(
            "rounded-inner hover:text-text w-full text-muted",
            isOpen ? [HEADER, "px-2"] : "hover:bg-sunken flex min-h-[28px] items-center gap-x-1",
          )}
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={cn("shrink-0 self-center", isOpen ? "rotate-90" : "-ml-1")}
          />
          {isOpen ? (
            about
          ) : (
            <>
              <CallLine call={call} name={name} result={result} />
              {marks}
            </>
          )}
        </button>
      )}
      <div id={id} hidden={!isOpen}>
        {isOpen ? (
          <>
            <ToolArguments call={call} isLive={props.isLive} verdict={verdict} />
            <CallResult
              {...props}
              tool={tool}
              label={props.isNameShared ? `Result for ${name}, call ${ordinal}` : `Result for ${name}`}
            />
          </>
        ) : null}
      </div>
    </fieldset>
  );
});

const HEADER = "flex min-h-9 flex-wrap items-baseline content-center gap-x-2 py-1";

function CallResult(props: ToolCardProps & { tool: ToolDefinition | null; label: string }) {
  const { call } = props;
  const answering = useContext(AnsweringContext);
  if (call.status.state === "answered") return <ToolResultSent status={call.status} label={props.label} />;
  if (call.status.state === "running") return <ToolRunning call={call} status={call.status} />;
  if (call.status.state !== "awaiting-result" || answering === "closed") return null;
  if (answering === "passed-over") return <PassedOver />;
  return <WaitingCall {...props} status={call.status} />;
}

function PassedOver() {
  const { turnId, readOnly } = useAnswerScope();
  const { answerAgain } = useActions();
  return (
    <div className="border-line text-muted flex flex-wrap items-center gap-2 border-t px-3 py-2 text-[13px]">
      Skipped: the model was told there was no result.
      {readOnly ? null : (
        <Button size="small" onClick={() => answerAgain(turnId)}>
          Answer on a new branch
        </Button>
      )}
    </div>
  );
}

const VERDICTS = {
  none: { text: "", tone: "" },
  valid: { text: "valid", tone: "text-ok" },
  checking: { text: "checking…", tone: "text-muted" },
  "pattern-too-slow": { text: "pattern took too long", tone: "text-warn" },
  "check-too-slow": { text: "check took too long", tone: "text-warn" },
  unchecked: { text: "not checked", tone: "text-muted" },
  "unknown-tool": { text: "unknown tool", tone: "text-warn" },
  invalid: { text: "invalid", tone: "text-danger" },
} as const satisfies Record<ArgumentsVerdict["kind"], { text: string; tone: string }>;

function VerdictLabel({ verdict }: { verdict: ArgumentsVerdict }) {
  const { text, tone } = VERDICTS[verdict.kind];
  return text === "" ? null : <span className={cn("font-medium", tone)}>{text}</span>;
}

function formatKnownTime(ms: number | null): string {
  return ms === null ? "" : formatSeconds(ms);
}
