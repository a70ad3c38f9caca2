"use client";

import { type KeyboardEvent, memo, useMemo } from "react";

import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { showMarks } from "@/lib/markdown/visible-marks";
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { formatPlural, UNKNOWN } from "@/lib/stream/figures/format-number";
import { measure } from "@/lib/stream/figures/measure";
import type { StopReason } from "@/lib/stream/figures/stop-reason";
import type { Step } from "@/lib/stream/turn/turn";

import { timingFields } from "./timing-fields";

type TimingsLineProps = {
  step: Step;
  /** Which step of the turn, from 1. */
  place: number;
  sharedServer: boolean;
  onShowWire: (stepId: string) => void;
};

const FIELD = "rounded-inner figures text-left whitespace-nowrap text-[12px] leading-5";

/** A step's numbers: the same fields at the same places in every lane, each telling its source on hover and focus. */
export const TimingsLine = memo(function TimingsLine({
  step,
  place,
  sharedServer,
  onShowWire,
}: TimingsLineProps) {
  const numbers = useMemo(() => measure(step, cachedTokensOf), [step]);
  return (
    // One stop of the Tab key for the whole line; the arrow keys go from number to number.
    <div
      role="toolbar"
      tabIndex={-1}
      aria-label={`Timings of step ${place}`}
      onKeyDown={moveFocus}
      className="text-muted flex flex-wrap gap-x-3 py-1"
    >
      {timingFields(numbers).map(({ key, text, tip, width }, index) => (
        <TimingItem key={key} text={text} tip={tip} width={width} isFirst={index === 0} />
      ))}
      <TimingItem
        text={numbers.stop.label ?? `stop ${UNKNOWN}`}
        tip={stopTip(numbers.stop)}
        width={10}
        isNotable={numbers.stop.notable}
      />
      <Echo step={step} />
      {sharedServer ? (
        <Mark tip="Another lane streamed from this server at the same time: timings are affected.">
          server shared
        </Mark>
      ) : null}
      <Wire step={step} onShowWire={onShowWire} />
    </div>
  );
});

type TimingItemProps = {
  text: string;
  tip: string;
  width: number;
  isFirst?: boolean;
  isNotable?: boolean;
};

/** One number. Kept by its text, for the line is drawn with every token and few numbers change. */
const TimingItem = memo(function TimingItem({ text, tip, width, isFirst, isNotable }: TimingItemProps) {
  return (
    <Tooltip content={tip}>
      <button
        type="button"
        tabIndex={isFirst === true ? 0 : -1}
        style={{ minWidth: `${width}ch` }}
        className={cn(FIELD, "hover:text-text cursor-help", isNotable === true && "text-warn")}
      >
        {text}
      </button>
    </Tooltip>
  );
});

function stopTip(stop: StopReason): string {
  const raw = stop.raw === null ? "no finish reason reported" : `finish_reason: ${stop.raw}`;
  return `Stop reason: ${stop.explain}\n${raw}`;
}

/** The model's name as the provider answered with it, where it is another than the one asked for. */
function Echo({ step }: { step: Step }) {
  const { responseModel } = step;
  if (responseModel === null || responseModel === step.request.model) return null;
  return (
    <Mark tip={showMarks(`Requested: ${step.request.model}\nAnswered by: ${responseModel}`)}>
      <span className="block max-w-[36ch] truncate">{`as ${showMarks(responseModel)}`}</span>
    </Mark>
  );
}

function Mark({ tip, children }: { tip: string; children: React.ReactNode }) {
  return (
    <Tooltip content={tip}>
      <button type="button" tabIndex={-1} className={cn(FIELD, "text-warn min-w-0 cursor-help")}>
        {children}
      </button>
    </Tooltip>
  );
}

function Wire({ step, onShowWire }: { step: Step; onShowWire: (stepId: string) => void }) {
  const count = step.warnings.length;
  const tip =
    count === 0
      ? "The exact request and response"
      : step.warnings.map(({ message }) => showMarks(message)).join("\n");
  return (
    <Tooltip content={tip}>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => onShowWire(step.id)}
        className={cn(FIELD, "hover:text-text underline underline-offset-2", count > 0 && "text-warn")}
      >
        {count === 0 ? "wire" : formatPlural(count, "warning")}
      </button>
    </Tooltip>
  );
}

const MOVES: { readonly [key: string]: (at: number, last: number) => number } = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Moves the focus among the buttons of a toolbar with the arrow keys, Home and End. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
  if (move === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[move(at, buttons.length - 1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
