"use client";

import { ArrowLeft, List } from "lucide-react";
import { useState } from "react";

import type { Theme } from "@/components/screen/theme-colors";
import { ThemeToggle } from "@/components/screen/theme-toggle";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/fields/segmented";
import { loadedPart } from "@/components/ui/loaded-part";
import { PanelFrame } from "@/components/ui/panel/panel-frame";
import { type Toast, Toasts } from "@/components/ui/toasts";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useNotices, usePageActions, useQuestion, useStartSession } from "@/lib/session/hooks/use-page";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import type { OpenRun } from "@/lib/session/verify/verify-state";
import type { Trial } from "@/lib/verify/trial";

import { MatrixView } from "./matrix/matrix-view";
import { RunBar } from "./runs/run-bar";
import { StartView } from "./start/start-view";
import { useAddress } from "./use-address";

import "./verify.css";

const RunsPanel = loadedPart(async () => (await import("./runs/runs-panel")).RunsPanel, {
  frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
});
const ConsentPanel = loadedPart(
  async () => (await import("@/components/screen/consent-panel")).ConsentPanel,
  {
    frame: (message, { onAnswer }) => <PanelFrame onClose={() => onAnswer(false)}>{message}</PanelFrame>,
  },
);
const CompareView = loadedPart(async () => (await import("./runs/compare-view")).CompareView);
const CardView = loadedPart(async () => (await import("./card/card-view")).CardView);
const LinkedCard = loadedPart(async () => (await import("./card/linked-card")).LinkedCard);
const TrialTape = loadedPart(async () => (await import("./trial/trial-tape")).TrialTape);
const CasesView = loadedPart(async () => (await import("./cases/cases-view")).CasesView);

type VerifyScreenProps = {
  theme: Theme;
  /** Back to the comparison. */
  onLeave: () => void;
};

const VIEWS = [
  { value: "matrix", label: "Matrix" },
  { value: "card", label: "Card" },
  { value: "compare", label: "Compare" },
] as const;

type View = (typeof VIEWS)[number]["value"];

/** Verifying: the plan of a run, then its matrix, its cards, and its difference to another run. */
export function VerifyScreen({ theme, onLeave }: VerifyScreenProps) {
  useStartSession();
  const actions = useVerifyActions();
  const open = useVerify((state) => state.open);
  const draft = useVerify((state) => state.draft);
  const boot = useVerify((state) => state.boot);
  const [view, setView] = useState<View>("matrix");
  const [hasRuns, setHasRuns] = useState(false);
  const [ownCases, setOwnCases] = useState(false);
  const [tape, setTape] = useState<{ readonly trial: Trial; readonly of: string } | null>(null);
  const { toasts, dismiss } = useVerifyToasts();
  const question = useQuestion();
  const { answerQuestion } = usePageActions();
  const { linked, close: closeLinked } = useAddress();
  // What is made of an answer is found among one's own cases once it is saved.
  if (draft !== null && !ownCases) setOwnCases(true);
  const shownTape = tape !== null && open?.run.id === tape.of ? tape.trial : null;
  return (
    <div className="flex h-dvh flex-col pr-(--docked) print:block print:h-auto" data-verify={boot}>
      <header
        data-chrome=""
        className="border-line flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 border-b px-2 print:hidden"
      >
        <a
          href="/"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onLeave();
          }}
          className="rounded-inner text-muted hover:bg-sunken hover:text-text flex h-8 items-center gap-1.5 px-2 pointer-coarse:h-11"
        >
          <ArrowLeft size={15} aria-hidden />
          <span className="max-[480px]:sr-only">Playground</span>
        </a>
        <h1 className="font-semibold tracking-tight">Verify</h1>
        <Button kind="quiet" onClick={() => setHasRuns(true)} className="min-w-0 shrink">
          <List size={15} aria-hidden />
          <span className="truncate">
            {open === null || linked.state !== "none" ? "Runs" : showMarks(open.name)}
          </span>
        </Button>
        <span className="ml-auto" />
        {open === null || ownCases || linked.state !== "none" ? null : (
          <Segmented
            label="View"
            value={view}
            options={VIEWS}
            onChange={(next) => {
              setTape(null);
              setView(next);
            }}
          />
        )}
        {open === null && !ownCases && linked.state === "none" ? null : (
          <Button
            kind="quiet"
            onClick={() => {
              closeLinked();
              setOwnCases(false);
              actions.draftCase(null);
              if (ownCases) return;
              setView("matrix");
              actions.closeRun();
            }}
          >
            {ownCases ? "Close cases" : "New run"}
          </Button>
        )}
        <ThemeToggle initial={theme} />
      </header>
      {linked.state === "open" ? (
        <LinkedCard card={linked.card} />
      ) : linked.state === "damaged" ? (
        <main className="text-muted flex-1 p-4">
          The card of this link can&rsquo;t be read: it was cut off, or another version of Vitrine made it.
          Copy the whole link again.
        </main>
      ) : ownCases ? (
        <CasesView />
      ) : open === null ? (
        <StartView onRuns={() => setHasRuns(true)} onCases={() => setOwnCases(true)} />
      ) : (
        <>
          <RunViews
            key={open.run.id}
            open={open}
            view={view}
            isShown={shownTape === null}
            onTape={(trial) => setTape({ trial, of: open.run.id })}
          />
          {shownTape === null ? null : (
            <TrialTape run={open.run} trial={shownTape} onClose={() => setTape(null)} />
          )}
        </>
      )}
      {question === null ? null : <ConsentPanel question={question} onAnswer={answerQuestion} />}
      {hasRuns ? <RunsPanel onClose={() => setHasRuns(false)} /> : null}
      <Toasts toasts={toasts} onDismiss={dismiss} at="bottom" />
    </div>
  );
}

type RunViewsProps = {
  open: OpenRun;
  view: View;
  /** Otherwise a tape is. */
  isShown: boolean;
  onTape: (trial: Trial) => void;
};

/** The matrix stays as it was left, sorted, filtered and scrolled, while a tape or another view is looked at. */
function RunViews({ open, view, isShown, onTape }: RunViewsProps) {
  const [reference, setReference] = useState(0);
  const isMatrix = view === "matrix";
  return (
    <div className={isShown ? "contents" : "hidden"}>
      <RunBar run={open.run} name={open.name} />
      <main className="flex min-h-0 flex-1 flex-col print:block">
        <div className={isMatrix ? "contents" : "hidden"}>
          <MatrixView
            run={open.run}
            reference={reference}
            isShown={isShown && isMatrix}
            onReference={setReference}
            onTape={onTape}
          />
        </div>
        {isMatrix ? null : view === "card" ? <CardView run={open.run} /> : <CompareView run={open.run} />}
      </main>
    </div>
  );
}

const PROBLEM = "verify-problem";

function useVerifyToasts() {
  const problem = useVerify((state) => state.problem);
  const { dismissProblem } = useVerifyActions();
  // Of the comparison only what went wrong: its closed lanes are brought back where lanes are.
  const notices = useNotices();
  const { dismissNotice } = usePageActions();
  const shown: Toast[] = notices.map(({ id, text }) => ({ id, message: showMarks(text) }));
  if (problem !== null) shown.push({ id: PROBLEM, message: showMarks(problem) });
  return {
    toasts: shown,
    dismiss: (id: string) => (id === PROBLEM ? dismissProblem() : dismissNotice(id)),
  };
}
