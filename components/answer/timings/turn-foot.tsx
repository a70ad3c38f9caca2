"use client";

import { type KeyboardEvent, type ReactNode, useCallback, useId, useState } from "react";

import { useAnswerScope } from "@/components/answer/answer-scope";
import { loadedPart } from "@/components/ui/loaded-part";
import { isLongEnough } from "@/lib/inspect/may-stall";
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { useIsRecording } from "@/lib/session/hooks/use-session";
import { measureTurn } from "@/lib/stream/figures/measure-turn";
import { isUnsent, type Phase, workedMs } from "@/lib/stream/figures/phases";
import type { Step, Turn } from "@/lib/stream/turn/turn";

import { lineItems, loopItem, STOPPED } from "./line-items";
import { PhaseStrip } from "./phase-strip";
import { TimingsLine } from "./timings-line";

// Fetched when the first one is opened.
const TurnDetails = loadedPart(async () => (await import("./turn-details")).TurnDetails);

// A look at the bytes again, for marks that most answers do not have: without it nothing is missing.
const StripStalls = loadedPart(async () => (await import("./strip-stalls")).StripStalls, {
  frame: () => null,
});

type TurnFootProps = {
  turn: Turn;
  phases: readonly Phase[];
  /** The turn is streaming. */
  live: boolean;
  /** What the request changed of a person's own words. */
  notes: readonly string[];
  /** What made the answer, where the lane is set otherwise now. */
  setup: ReactNode;
  actions: ReactNode;
};

/** What stands under every turn: its strip and its line, which open the same details. As high in every state. */
export function TurnFoot({ turn, phases, live, notes, setup, actions }: TurnFootProps) {
  const { turnId, openInspector } = useAnswerScope();
  const isRecorded = useIsRecording();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const toggle = useCallback(() => setIsOpen((before) => !before), []);
  const last = turn.steps.at(-1);
  // Before anything is sent there is nothing to count.
  const elapsedMs = live && last !== undefined && !isUnsent(last) ? workedMs(phases) : null;
  const loop = live && last !== undefined ? loopItem(last) : null;
  const hasFailed = last?.status.state === "failed" || last?.status.state === "truncated";
  const close = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    setIsOpen(false);
    event.currentTarget.querySelector<HTMLElement>(`[aria-controls="${id}"]`)?.focus({ preventScroll: true });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only listens to what is inside
    <div className="pt-[12px]" onKeyDown={close}>
      <div className="relative">
        <PhaseStrip phases={phases} stepCount={turn.steps.length} onToggle={toggle} />
        {!live && turn.steps.some(isLongEnough) ? (
          <StripStalls turnId={turnId} turn={turn} phases={phases} onToggle={toggle} />
        ) : null}
      </div>
      <TimingsLine
        turnId={turnId}
        items={
          hasFailed
            ? []
            : [
                ...(isStopped(last) ? [STOPPED] : []),
                ...(loop === null ? [] : [loop]),
                ...lineItems(measureTurn(turn, cachedTokensOf), elapsedMs, isRecorded),
              ]
        }
        noteCount={notes.length}
        details={{ id, isOpen }}
        onToggle={toggle}
        onInspect={last === undefined ? undefined : () => openInspector(last.id)}
        setup={setup}
        actions={actions}
      />
      <div id={id} hidden={!isOpen}>
        {isOpen ? <TurnDetails turn={turn} phases={phases} notes={notes} /> : null}
      </div>
    </div>
  );
}

/** A person ended it with something in it: without anything the step says so in its place. */
function isStopped(step: Step | undefined): boolean {
  return step?.status.state === "stopped" && step.parts.length > 0;
}
