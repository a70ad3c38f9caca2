"use client";

import { useCallback, useEffect, useMemo, useState } from "react";

import { useFollowTail } from "@/components/answer/scroll/use-follow-tail";
import { AnswerPart } from "@/components/lane/answer-part";
import { copyLink } from "@/components/sessions/copy-link";
import { loadedPart } from "@/components/ui/loaded-part";
import { Toasts } from "@/components/ui/toasts";
import { onFirstUse } from "@/components/ui/when-idle";
import { isDemoComing } from "@/lib/contract/servers";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useBoot, usePageActions, useSaveProblem, useStartSession } from "@/lib/session/hooks/use-page";
import { useRecording } from "@/lib/session/hooks/use-recording";
import { useServers } from "@/lib/session/hooks/use-servers";
import {
  useActions,
  useOwnEndpoints,
  useReadOnly,
  useRows,
  useSession,
} from "@/lib/session/hooks/use-session";
import { useIsAnyLive } from "@/lib/session/hooks/use-turn";
import { loadRun } from "@/lib/session/run/load-run";
import { MAX_LANES } from "@/lib/session/store/lanes";
import type { SendOutcome } from "@/lib/session/store/session";

import { useShortcuts } from "./commands/use-shortcuts";
import { FirstVisit } from "./first-visit/first-visit";
import { useStarters } from "./first-visit/use-starters";
import { Footer } from "./footer";
import { LanesView } from "./lanes-view";
import { NOTHING_OPEN, type OnPanel, withPanel } from "./panel-state";
import { Panels, preloadSessions } from "./panels";
import type { Theme } from "./theme-colors";
import { TopBar } from "./top-bar";
import { useNarrowLane } from "./use-narrow-lane";
import { useToasts } from "./use-toasts";
import { StageExit } from "./view/stage-exit";
import { useView } from "./view/use-view";

import "./view/stage.css";

const RecordingScreen = loadedPart(
  async () => (await import("./recording/recording-screen")).RecordingScreen,
);

type PlaygroundProps = {
  theme: Theme;
  /** This browser has comparisons: what a first visit sees would only flash by. */
  isKnown: boolean;
  /** Thoughts stay open, as it was chosen before. */
  keepsThoughts: boolean;
};

/** The screen: one bar, one grid of lanes, one composer. */
export function Playground({ theme, isKnown, keepsThoughts }: PlaygroundProps) {
  useStartSession();
  const boot = useBoot();
  const session = useSession();
  const rows = useRows();
  const servers = useServers();
  const ownEndpoints = useOwnEndpoints();
  const saveProblem = useSaveProblem();
  const isLive = useIsAnyLive();
  const readOnly = useReadOnly();
  const actions = useActions();
  const page = usePageActions();
  const toasts = useToasts();
  const isFresh = rows.length === 0;
  useEffect(() => {
    if (!isFresh) markKnown();
  }, [isFresh]);

  // What is saved has answers: their code comes while they are read.
  useEffect(() => {
    if (isKnown) AnswerPart.preload();
  }, [isKnown]);
  useEffect(
    () =>
      onFirstUse(() => {
        AnswerPart.preload();
        preloadSessions();
        void loadRun();
      }),
    [],
  );
  const [open, setOpen] = useState(NOTHING_OPEN);
  const setPanel: OnPanel = useCallback((panel) => setOpen((before) => withPanel(before, panel)), []);
  const { narrowLane, showLane } = useNarrowLane();
  const { lanes } = session;
  const first = lanes[0];
  const activeLane = lanes.some((lane) => lane.id === narrowLane) ? narrowLane : (first?.id ?? null);
  const hasNoModel = lanes.every(({ own }) => (own.model ?? session.shared.model) === "");
  const isDemoNear = servers !== null && (isDemoComing(servers) || servers.demo.state === "ready");
  const needsModel = isFresh && servers !== null && hasNoModel && !isDemoNear;

  const follow = useFollowTail({ hasTurns: rows.length > 0 });
  const { isAway, jumpToTail } = follow;
  // True of the setup it was said of: another model or lane may have settled it.
  const [refusal, setRefusal] = useState<{ readonly why: string; readonly of: typeof session } | null>(null);
  const afterSend = (outcome: SendOutcome) => {
    setRefusal(outcome.state === "refused" ? { why: outcome.why, of: session } : null);
    if (outcome.state !== "refused") jumpToTail();
    else if (hasNoModel) document.querySelector<HTMLElement>("[data-first-step]")?.focus();
  };
  const { early, start } = useStarters(afterSend);
  const openFor = (kind: "add-server" | "keys" | "model") => () => {
    if (activeLane !== null) setPanel({ kind, lane: activeLane });
  };
  const view = useView(
    keepsThoughts,
    useCallback(() => setOpen(NOTHING_OPEN), []),
  );
  const newestShared = rows.findLast(({ turns }) => turns.size > 1)?.asked?.promptId ?? null;
  const commandScope = useMemo(
    () => ({
      actions,
      page,
      lanes,
      activeLane,
      isLive,
      readOnly,
      showLane,
      onPanel: setPanel,
      newestShared,
      view,
    }),
    [actions, page, lanes, activeLane, isLive, readOnly, showLane, setPanel, newestShared, view],
  );
  const recording = useRecording();
  useShortcuts(commandScope, recording === null);

  // The comparison goes on under it, and comes back as it is.
  if (recording !== null) return <RecordingScreen recording={recording} keepsThoughts={view.keepsThoughts} />;

  return (
    // A side panel that stands beside the page says how much room it takes.
    <div
      className="flex h-dvh flex-col overflow-y-auto pr-(--docked)"
      data-boot={boot}
      data-stage={view.isStage ? "" : undefined}
    >
      <TopBar
        sessionName={showMarks(session.name)}
        theme={theme}
        servers={servers}
        saveProblem={saveProblem}
        canAddLane={lanes.length < MAX_LANES && !readOnly}
        onSessions={() => setPanel({ kind: "sessions" })}
        onServers={() => activeLane !== null && setPanel({ kind: "servers", lane: activeLane })}
        onCopyLink={() => void copyLink(page)}
        onPalette={() => setPanel({ kind: "palette" })}
        onAddLane={actions.addLane}
      />
      <p data-print-title="" className="hidden pb-2 text-[17px] font-semibold print:block">
        {showMarks(session.name)}
      </p>
      <LanesView
        activeLane={activeLane}
        onActivate={showLane}
        keepsThoughts={view.keepsThoughts || view.isStage}
        follow={follow}
        onPanel={setPanel}
        saysNoModel={needsModel}
      >
        {isFresh && (boot === "ready" || !isKnown) ? (
          <FirstVisit
            servers={servers}
            own={ownEndpoints.map(({ name }) => name)}
            needsModel={needsModel}
            canStart={!readOnly}
            early={early}
            onStart={start}
            onAddServer={openFor("add-server")}
            onPasteKey={openFor("keys")}
            onPickModel={openFor("model")}
            onInstallDemo={page.installDemo}
          />
        ) : null}
      </LanesView>
      <Footer
        isAway={isAway}
        onJump={jumpToTail}
        refusal={refusal?.of === session ? refusal.why : null}
        onSent={afterSend}
        onTools={() => activeLane !== null && setPanel({ kind: "tools", lane: activeLane })}
        onLane={showLane}
        needsModel={needsModel}
      />
      <Panels open={open} scope={commandScope} />
      {view.isStage ? <StageExit onExit={() => view.onStage(false)} /> : null}
      <Toasts toasts={toasts.toasts} onDismiss={toasts.dismiss} />
    </div>
  );
}

const YEAR_S = 31_536_000;

/** Lets the next first HTML know that there are comparisons. */
function markKnown(): void {
  document.cookie = `vitrine-known=1; path=/; max-age=${YEAR_S}; samesite=strict`;
}
