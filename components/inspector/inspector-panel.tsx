"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";

import { Segmented } from "@/components/ui/fields/segmented";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel/panel";
import { sendTimes } from "@/lib/inspect/find-frames";
import type { Frame } from "@/lib/inspect/frame";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useIsRecording, useLanes } from "@/lib/session/hooks/use-session";
import { useIsLive, useTurn, useTurnNotes, useTurnRecord } from "@/lib/session/hooks/use-turn";
import type { TurnId } from "@/lib/session/store/session";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { AttemptHead } from "./attempt-head";
import { FramesTab } from "./frames/frames-tab";
import { RequestTab } from "./request/request-tab";
import { SaveMenu } from "./save-menu";
import { TimingTab } from "./timing/timing-tab";
import { type Attempts, useAttempts } from "./use-attempts";

import "./inspector.css";

/** What of a step the inspector begins with: its frames, at the one that is asked for or at the first that made the part. */
export type InspectedPlace = { readonly frame: number } | { readonly part: string };

type InspectorPanelProps = {
  turn: TurnId;
  stepId: string;
  /** null = the request. */
  place?: InspectedPlace | null;
  onStep: (stepId: string) => void;
  /** Shows the request of this step beside that of the step before. */
  onCompare?: (before: string) => void;
  onClose: () => void;
};

type Tab = "request" | "frames" | "timing";

const TABS = [
  { value: "request", label: "Request" },
  { value: "frames", label: "Frames" },
  { value: "timing", label: "Timing" },
] as const;

/** What one step sent and got, byte by byte: its request, the frames of its answer, and how evenly they came. */
export function InspectorPanel({
  turn,
  stepId,
  place = null,
  onStep,
  onCompare,
  onClose,
}: InspectorPanelProps) {
  const { steps } = useTurn(turn);
  const lanes = useLanes();
  const record = useTurnRecord(turn);
  const [tab, setTab] = useState<Tab>(place === null ? "request" : "frames");
  const [attemptNumber, setAttemptNumber] = useState<{ readonly of: string; readonly number: number } | null>(
    null,
  );
  const attempts = useAttempts(turn, stepId);
  const index = steps.findIndex(({ id }) => id === stepId);
  const step = steps[index];
  const lane = lanes.findIndex(({ id }) => id === record?.laneId) + 1;
  const name = `${lane === 0 ? "closed lane" : `lane ${String(lane)}`}, step ${String(index + 1)}`;
  const attempt =
    attempts.state === "shown"
      ? (attempts.attempts.find(
          (each) => attemptNumber?.of === stepId && each.record.attempt === attemptNumber.number,
        ) ??
        attempts.attempts.at(-1) ??
        attempts.attempts[0])
      : null;
  const { [index - 1]: before, [index + 1]: after } = steps;
  return (
    <Panel
      title={`Inspector: ${name}${steps.length > 1 ? ` of ${String(steps.length)}` : ""}`}
      kind="side"
      onClose={onClose}
      className="@container"
      actions={
        <>
          {steps.length > 1 ? (
            <>
              <IconButton
                label="Step before"
                aria-disabled={before === undefined}
                onClick={() => before !== undefined && onStep(before.id)}
              >
                <ChevronLeft size={16} aria-hidden />
              </IconButton>
              <IconButton
                label="Next step"
                aria-disabled={after === undefined}
                onClick={() => after !== undefined && onStep(after.id)}
              >
                <ChevronRight size={16} aria-hidden />
              </IconButton>
            </>
          ) : null}
          {step !== undefined && attempts.state === "shown" && attempt !== null ? (
            <SaveMenu
              attempt={attempt}
              answer={step}
              step={{
                attempts: attempts.attempts,
                times: sendTimes(step, record?.events ?? NO_EVENTS, attempts.attempts.length),
                sent: attempts.sent,
                startedAt: record?.createdAt ?? 0,
              }}
              fileName={fileNameOf(name, attempt.record.attempt)}
            />
          ) : null}
        </>
      }
    >
      <div className="border-line flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <Segmented label="View" value={tab} options={TABS} onChange={setTab} />
        {tab !== "request" && attempts.state === "shown" && attempts.attempts.length > 1 ? (
          <Segmented
            label="Attempt"
            value={String(attempt?.record.attempt)}
            options={attempts.attempts.map((each) => ({
              value: String(each.record.attempt),
              label: `Attempt ${String(each.record.attempt)}`,
            }))}
            onChange={(value) => setAttemptNumber({ of: stepId, number: Number(value) })}
          />
        ) : null}
      </div>
      <Warnings step={step} />
      {step === undefined || attempts.state !== "shown" || attempt === null ? (
        <p className="text-muted p-4">{emptyWords(attempts)}</p>
      ) : (
        <View
          key={`${stepId} ${String(attempt.record.attempt)}`}
          {...{ turn, step, attempts, attempt, tab, place }}
          onCompare={before && onCompare && (() => onCompare(before.id))}
          onTab={setTab}
        />
      )}
    </Panel>
  );
}

const NO_EVENTS: readonly TimedEvent[] = [];

type ViewProps = {
  turn: TurnId;
  step: Step;
  attempts: Extract<Attempts, { state: "shown" }>;
  attempt: Extract<Attempts, { state: "shown" }>["attempts"][number];
  tab: Tab;
  place: InspectedPlace | null;
  onCompare: (() => void) | undefined;
  onTab: (tab: Tab) => void;
};

function View({ turn, step, attempts, attempt, tab, place, onCompare, onTab }: ViewProps) {
  const notes = notesOf(step, useTurn(turn).steps, useTurnNotes(turn));
  const events = useTurnRecord(turn)?.events ?? NO_EVENTS;
  const times = sendTimes(step, events, attempts.attempts.length);
  const sentAt = times[attempts.attempts.indexOf(attempt)] ?? null;
  const isLive = useIsLive(turn);
  const isRecording = useIsRecording();
  const [chosen, setChosen] = useState<number | null>(() => frameAt(place, attempt.frames));
  if (tab === "request") {
    const { record } = attempts.attempts[0];
    return <RequestTab {...{ turn, record, notes, onCompare }} sent={attempts.sent} />;
  }
  const head = <AttemptHead attempt={attempt} isLive={isLive} />;
  if (tab === "timing") {
    const showFrame = (index: number) => {
      setChosen(index);
      onTab("frames");
    };
    return (
      <>
        {head}
        <TimingTab
          attempt={attempt}
          sentAt={sentAt}
          clock={step.request.hasMadeTimes === true ? "none" : isRecording ? "recording" : "page"}
          onFrame={showFrame}
        />
      </>
    );
  }
  return (
    <>
      {head}
      <FramesTab
        turn={turn}
        step={step}
        frames={attempt.frames}
        sentAt={sentAt}
        chosen={chosen}
        onChoose={setChosen}
      />
    </>
  );
}

/** The frame to begin with; null where there is none such. */
function frameAt(place: InspectedPlace | null, frames: readonly Frame[]): number | null {
  if (place === null) return null;
  if ("frame" in place) return place.frame < frames.length ? place.frame : null;
  const made = frames.findIndex(({ words }) => words.some(({ part }) => part === place.part));
  return made === -1 ? null : made;
}

/** What was changed in or left out of the request of this step: its own notes, and those of the turn that no step has. */
function notesOf(step: Step, steps: readonly Step[], ofTurn: readonly string[]): readonly string[] {
  const own = step.request.notes ?? [];
  const ofSteps = new Set(steps.flatMap(({ request }) => request.notes ?? []));
  return [...own, ...ofTurn.filter((note) => !ofSteps.has(note))];
}

/** What was odd about the bytes of the step, each once. */
function Warnings({ step }: { step: Step | undefined }) {
  const messages = [...new Set((step?.warnings ?? []).map(({ message }) => message))];
  if (messages.length === 0) return null;
  return (
    <section className="border-line max-h-32 shrink-0 overflow-y-auto border-b px-4 py-2 text-[13px]">
      <h3 className="font-medium">Warnings</h3>
      <ul aria-label="Warnings" className="text-muted list-disc pl-5">
        {messages.map((message) => (
          <li key={message} className="[overflow-wrap:anywhere]">
            {showMarks(message)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function emptyWords({ state }: Attempts): string {
  return state === "loading"
    ? "Loading…"
    : "No recording for this step: its request was never sent, or its record is not in this browser.";
}

function fileNameOf(name: string, attempt: number): string {
  return `vitrine-${name.replaceAll(/[^a-z0-9]+/gu, "-")}${attempt === 1 ? "" : `-attempt-${String(attempt)}`}`;
}
