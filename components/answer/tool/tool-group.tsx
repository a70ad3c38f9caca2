"use client";

import { memo, useCallback, useMemo, useState } from "react";

import { isSameSpan, type Span, spansOf } from "@/components/markdown/parts-of";
import { useDrawn } from "@/components/markdown/use-drawn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/figures/format-number";
import { partTime } from "@/lib/stream/figures/measure";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { ToolCard } from "./tool-card";
import { useGoOn } from "./use-go-on";

type ToolGroupProps = {
  step: Step;
  calls: readonly ToolCallPart[];
  isLive: boolean;
};

/** A model that loses itself makes thousands of calls: more than this are drawn in runs, each while it is near the view. */
const WHOLE_CALLS = 60;
const RUN_CALLS = 30;
/** About how high a call is that has not been drawn yet, in px: a card that waits, and a line. */
const CARD_PX = 172;
const LINE_PX = 28;
/** While calls arrive, a run must have been near the view for this long before it is drawn: of a burst most pass by. */
const REST_MS = 300;
/** Characters of its arguments and of its result that stand in for it. */
const LONGEST_TEXT = 200;

/** The calls that a model made side by side: one card each, in a named group when there are several. */
export function ToolGroup({ step, calls, isLive }: ToolGroupProps) {
  const [entered, setEntered] = useState<string | null>(null);
  const onEnter = useCallback((call: ToolCallPart) => setEntered(call.id), []);
  const isPaused = useGoOn(step).runs > 0;
  const shared = useMemo(() => sharedNames(calls), [calls]);
  const waiting = calls.filter(isWaiting);
  // One button stands out: in the card that a person is in, otherwise the one that lets a lane go on that stopped by
  // itself, otherwise in the first that waits in the step.
  const first = isPaused ? undefined : step.parts.find((part) => isWaiting(part));
  const leading = waiting.find(({ id }) => id === entered) ?? first;
  const rest = { step, calls, isLive, shared, leading: leading?.id ?? null, onEnter };
  const spans = spansOf(calls.length, RUN_CALLS, WHOLE_CALLS);
  if (calls.length === 1) return <Cards {...rest} span={{ from: 0, to: 1 }} />;
  return (
    <fieldset aria-label={`${formatCount(calls.length)} parallel calls`} className="answer-part min-w-0">
      {spans.length === 1 ? (
        <div className="answer-calls border-phase-tool border-l-2 pl-2.5">
          <Cards {...rest} span={{ from: 0, to: calls.length }} />
        </div>
      ) : (
        spans.map((span) => <RunOfCalls key={span.from} {...rest} span={span} />)
      )}
    </fieldset>
  );
}

type CardsProps = ToolGroupProps & {
  span: Span;
  /** Names that several of the calls have. */
  shared: ReadonlySet<string>;
  leading: string | null;
  onEnter: (call: ToolCallPart) => void;
};

function Cards({ step, calls, isLive, span, shared, leading, onEnter }: CardsProps) {
  return calls
    .slice(span.from, span.to)
    .map((call, index) => (
      <ToolCard
        key={call.id}
        stepId={step.id}
        timeMs={partTime(step, call)}
        call={call}
        isLive={isLive}
        index={span.from + index}
        count={calls.length}
        isNameShared={shared.has(calledName(call))}
        isLeading={call.id === leading}
        onEnter={onEnter}
      />
    ));
}

/**
 * Calls of a long group, drawn while they are near the view, and for good once a person was in one of them: what is typed
 * or opened there stays. The others stand in their place as text, which the browser's search finds.
 */
const RunOfCalls = memo(function RunOfCalls(props: CardsProps) {
  const { calls, span } = props;
  const [isEntered, setIsEntered] = useState(false);
  const own = calls.slice(span.from, span.to);
  const lines = own.filter(({ status }) => status.state === "answered").length;
  const { isDrawn, heightPx, ref } = useDrawn(span.from === 0, isEntered, lines, props.isLive ? REST_MS : 0);
  const enter = () => setIsEntered(true);
  const height = lines * LINE_PX + (own.length - lines) * CARD_PX;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only watched: nothing happens to who presses
    <div
      ref={ref}
      style={isDrawn ? { containIntrinsicBlockSize: `auto ${height}px` } : { height: heightPx ?? height }}
      className="answer-calls border-phase-tool mt-3 border-l-2 pl-2.5 [content-visibility:auto] first:mt-0"
      onFocus={enter}
      onPointerDown={enter}
    >
      {isDrawn ? (
        <Cards {...props} />
      ) : (
        <div
          aria-hidden
          className="figures text-faint h-full overflow-hidden whitespace-pre"
          style={{ lineHeight: `${(heightPx ?? height) / own.length}px` }}
        >
          {own.map(callText).join("\n")}
        </div>
      )}
    </div>
  );
}, isSameRun);

/** A call that is not drawn, in one line. */
function callText({ name, input, edit, status }: ToolCallPart): string {
  const result = status.state === "answered" ? ` → ${status.result.output.slice(0, LONGEST_TEXT)}` : "";
  const line = `${name}(${(edit?.text ?? input).slice(0, LONGEST_TEXT)})${result}`;
  return showMarks(line.replaceAll(/\s+/gu, " "));
}

/** While others of the group change, a run that did not is not drawn again. */
function isSameRun(before: CardsProps, now: CardsProps): boolean {
  return (
    before.isLive === now.isLive &&
    before.leading === now.leading &&
    before.step.id === now.step.id &&
    before.calls.length === now.calls.length &&
    before.onEnter === now.onEnter &&
    isSameSpan(before.calls, now.calls, before.span, now.span) &&
    now.calls
      .slice(now.span.from, now.span.to)
      .every((call, index) => call === before.calls[now.span.from + index])
  );
}

function isWaiting(part: Part): boolean {
  return part.type === "tool-call" && part.status.state === "awaiting-result";
}

function sharedNames(calls: readonly ToolCallPart[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const call of calls) {
    const name = calledName(call);
    if (seen.has(name)) shared.add(name);
    seen.add(name);
  }
  return shared;
}
