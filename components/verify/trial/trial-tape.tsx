"use client";

import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useFollowTail } from "@/components/answer/scroll/use-follow-tail";
import type { Compared } from "@/components/compare/compared";
import type { InspectedPlace } from "@/components/inspector/inspector-panel";
import { AnswerPart } from "@/components/lane/answer-part";
import { LanesView } from "@/components/screen/lanes-view";
import type { OnPanel } from "@/components/screen/panel-state";
import { Button } from "@/components/ui/button";
import { downloadBytes } from "@/components/ui/files";
import { loadedPart } from "@/components/ui/loaded-part";
import { PanelFrame } from "@/components/ui/panel/panel-frame";
import { BLAME_WORDS, verdictWords } from "@/components/verify/verify-words";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { SessionApp } from "@/lib/session/actions/session-app";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { useSession } from "@/lib/session/hooks/use-session";
import { pageRecording } from "@/lib/session/page/page-recording";
import { createIds, randomId } from "@/lib/session/store/ids";
import type { TurnId } from "@/lib/session/store/session";
import { openRecording } from "@/lib/session/tape/open-recording";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import { useVerifyActions } from "@/lib/session/verify/verify-context";
import { type Evidence, type Trial, trialName } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

const InspectorPanel = loadedPart(
  async () => (await import("@/components/inspector/inspector-panel")).InspectorPanel,
  { frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame> },
);

type TrialTapeProps = { run: VerifyRun; trial: Trial; onClose: () => void };

type Read =
  | { readonly state: "loading" }
  | { readonly state: "gone" }
  | { readonly state: "refused"; readonly reason: string }
  | { readonly state: "open"; readonly recording: OpenedRecording; readonly text: string };

/** What one trial sent and received, as it would stand in a lane, with the inspector where the fault is. */
export function TrialTape({ run, trial, onClose }: TrialTapeProps) {
  const { tapeOf } = useVerifyActions();
  const [read, setRead] = useState<Read>({ state: "loading" });
  useEffect(() => {
    let isLeft = false;
    const load = async () => {
      const text = await tapeOf(run.id, trial.key);
      if (!isLeft) setRead(text === null ? { state: "gone" } : opened(text));
    };
    void load();
    return () => {
      isLeft = true;
    };
  }, [tapeOf, run.id, trial.key]);
  return (
    <>
      <section
        aria-label="Trial"
        className="border-line flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5"
      >
        <Button size="small" onClick={onClose}>
          <ArrowLeft size={13} aria-hidden />
          Matrix
        </Button>
        <h2 className="font-medium [overflow-wrap:anywhere]">
          {`${trialName(trial.key)} · ${showMarks(run.lanes[trial.key.lane]?.label ?? "")}`}
        </h2>
        <VerdictWords trial={trial} isAskedAgain={read.state === "open" && hasBranches(read.recording)} />
      </section>
      {read.state === "open" ? (
        <Taped recording={read.recording} trial={trial} text={read.text} />
      ) : (
        <p className="text-muted p-4">
          {read.state === "loading"
            ? "Loading…"
            : read.state === "gone"
              ? "The tape of this trial is not in this browser: it was never kept here, or it made room for newer ones. Its verdict stays. Run the case again to see what is sent."
              : `The tape could not be opened. ${read.reason}`}
        </p>
      )}
    </>
  );
}

/** A trial has one branch; a second one holds what was asked once more. */
function hasBranches({ bundle: { turns } }: OpenedRecording): boolean {
  return new Set(turns.map(({ parentId }) => parentId)).size < turns.length;
}

type VerdictWordsProps = { trial: Trial; isAskedAgain: boolean };

function VerdictWords({ trial: { verdict }, isAskedAgain }: VerdictWordsProps) {
  return (
    <p className="min-w-0 flex-1 basis-80 [overflow-wrap:anywhere]">
      <span
        className={
          verdict.verdict === "fail" ? "text-danger" : verdict.verdict === "pass" ? "text-ok" : "text-muted"
        }
      >
        {verdictWords(verdict)}
      </span>
      {verdict.verdict === "fail"
        ? ` (blame: ${BLAME_WORDS[verdict.blame]}). ${showMarks(verdict.why)}`
        : null}
      {verdict.verdict === "not-measured" || verdict.verdict === "skipped"
        ? `. ${showMarks(verdict.why)}`
        : null}
      {isAskedAgain ? " Asked once more in one piece: the other branch of the answer shows it." : null}
    </p>
  );
}

function opened(text: string): Read {
  const bytes = new TextEncoder().encode(text);
  const read = openRecording("trial.tape", bytes, { ids: createIds(randomId), now: Date.now() });
  return read.ok
    ? { state: "open", recording: read.recording, text }
    : { state: "refused", reason: read.reason };
}

type TapedProps = { recording: OpenedRecording; trial: Trial; text: string };

function Taped(props: TapedProps) {
  const { recording } = props;
  // At its end before anything is drawn: the inspector looks for the records of a turn once.
  const app = useMemo(() => endOf(recording), [recording]);
  useEffect(() => AnswerPart.preload(), []);
  return (
    <SessionProvider app={app}>
      <TapedLane {...props} />
    </SessionProvider>
  );
}

/** The app that shows the whole recording. */
function endOf(recording: OpenedRecording): SessionApp {
  const { app, player } = pageRecording(recording);
  player.seek(player.state.getState().endsAt);
  return app;
}

const ComparePanel = loadedPart(
  async () => (await import("@/components/compare/compare-panel")).ComparePanel,
  { frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame> },
);

type Shown = { readonly turn: TurnId; readonly stepId: string; readonly place: InspectedPlace | null };

function TapedLane({ recording, trial, text }: TapedProps) {
  const { lanes } = useSession();
  const evidence = trial.verdict.verdict === "fail" ? trial.verdict.evidence[0] : undefined;
  const [shown, setShown] = useState<Shown | null>(() => inspected(recording, evidence));
  const [compared, setCompared] = useState<Compared | null>(null);
  // Of the panels of a comparison these have something to show here.
  const onPanel: OnPanel = useCallback(
    (panel) => {
      if (panel.kind === "compare") {
        setCompared(panel.compared);
      } else if (panel.kind === "inspector") {
        setCompared(null);
        const { turn, stepId } = panel;
        setShown((before) => (before?.stepId === stepId ? null : { turn, stepId, place: null }));
      } else if (panel.kind === "export") {
        downloadBytes(
          `vitrine-${trialName(trial.key).replaceAll(/[^\w]+/gu, "-")}.tape`,
          text,
          "application/jsonl",
        );
      }
    },
    [trial.key, text],
  );
  const follow = useFollowTail({ hasTurns: true });
  const marked = useMarkedPart(recording, evidence);
  return (
    <div ref={marked} className="flex min-h-0 flex-1 flex-col">
      <LanesView
        activeLane={lanes[0]?.id ?? null}
        onActivate={() => undefined}
        keepsThoughts
        follow={follow}
        onPanel={onPanel}
      />
      {compared === null ? null : (
        <ComparePanel compared={compared} onCompare={setCompared} onClose={() => setCompared(null)} />
      )}
      {shown === null || compared !== null ? null : (
        <InspectorPanel
          key={`${shown.turn} ${shown.stepId}`}
          {...shown}
          onStep={(stepId) => setShown({ turn: shown.turn, stepId, place: null })}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}

/** The step that the evidence is in, and the part of it; null where the tape does not have it. */
function placeOf({ bundle }: OpenedRecording, evidence: Evidence | undefined) {
  const turn = bundle.turns.toSorted((a, b) => a.createdAt - b.createdAt)[evidence?.turn ?? 0];
  const step = evidence === undefined ? turn?.turn.steps.at(-1) : turn?.turn.steps[evidence.step];
  if (turn === undefined || step === undefined) return null;
  const part = evidence !== undefined && "part" in evidence ? evidence.part : null;
  return { turn: turn.id, stepId: step.id, part };
}

function inspected(recording: OpenedRecording, evidence: Evidence | undefined): Shown | null {
  const at = placeOf(recording, evidence);
  if (at === null) return null;
  const place: InspectedPlace | null =
    evidence?.at === "frame" ? { frame: evidence.frame } : at.part === null ? null : { part: at.part };
  return { turn: at.turn, stepId: at.stepId, place };
}

/** Marks the failing part of the answer once it is drawn, and brings it into view. */
function useMarkedPart(recording: OpenedRecording, evidence: Evidence | undefined) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = placeOf(recording, evidence);
    if (root.current === null || at === null || at.part === null) return undefined;
    const { current } = root;
    const step = `[data-step="${CSS.escape(at.stepId)}"]`;
    const id = CSS.escape(at.part);
    // A call is marked as a whole: folded, it is a line.
    const selector = `${step} [data-call="${id}"], ${step} [data-part-id="${id}"]`;
    const mark = () => {
      const part = current.querySelector(selector);
      if (part === null || part.hasAttribute("data-failing")) return;
      part.setAttribute("data-failing", "");
      part.scrollIntoView({ block: "nearest" });
    };
    // The code that draws answers comes a moment later.
    const watch = new MutationObserver(mark);
    watch.observe(current, { childList: true, subtree: true });
    mark();
    return () => watch.disconnect();
  }, [recording, evidence]);
  return root;
}
