"use client";

import { useCallback, useEffect, useMemo, useState } from "react";

import {
  KeptThoughtsContext,
  OpenInspectorContext,
  RowScalesContext,
} from "@/components/answer/answer-scope";
import { TailContext } from "@/components/answer/scroll/use-end-window";
import { useFollowTail } from "@/components/answer/scroll/use-follow-tail";
import { Composer } from "@/components/composer/composer";
import { useComposerImages } from "@/components/composer/use-composer-images";
import { WaitingLine } from "@/components/composer/waiting-line";
import { AnswerPart } from "@/components/lane/answer-part";
import { focusFirstResult } from "@/components/lane/focus-lane";
import { LaneBoundary } from "@/components/lane/lane-boundary";
import { LaneColumn } from "@/components/lane/lane-column";
import { copyLink } from "@/components/sessions/copy-link";
import { cn } from "@/components/ui/cn";
import { downloadText } from "@/components/ui/download-text";
import { Toasts } from "@/components/ui/toasts";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import { showMarks } from "@/lib/markdown/visible-marks";
import {
  useBoot,
  usePageActions,
  useSaveProblem,
  useStartSession,
  useTakeOver,
} from "@/lib/session/hooks/use-page";
import { useServerProblem, useServers } from "@/lib/session/hooks/use-servers";
import {
  useActions,
  useOwnEndpoints,
  useReadOnly,
  useRows,
  useCurrentDraft,
  useSession,
} from "@/lib/session/hooks/use-session";
import { useIsAnyLive, useLiveLanes } from "@/lib/session/hooks/use-turn";
import { loadRun } from "@/lib/session/run/load-run";
import { MAX_LANES } from "@/lib/session/store/lanes";
import type { PromptId, SendOutcome, SendTarget, TurnId } from "@/lib/session/store/session";

import { BusyLine } from "./busy-line";
import { useShortcuts } from "./commands/use-shortcuts";
import { FirstVisit } from "./first-visit/first-visit";
import { useStarters } from "./first-visit/use-starters";
import { JumpToTail } from "./jump-to-tail";
import { LaneGrid } from "./lane-grid";
import { LaneTabStrip } from "./lane-tabs";
import { LaneTabs } from "./lane-tabs";
import { NOTHING_OPEN, type OnPanel, withPanel } from "./panel-state";
import { Panels, preloadSessions } from "./panels";
import { StateLine } from "./state-line";
import type { Theme } from "./theme-colors";
import { TopBar } from "./top-bar";
import { useDrawnFrom } from "./use-drawn-from";
import { useNarrowLane } from "./use-narrow-lane";
import { useRowScales } from "./use-row-scales";
import { useSwipe } from "./use-swipe";
import { useToasts } from "./use-toasts";
import { StageExit } from "./view/stage-exit";
import { useView } from "./view/use-view";
import { onFirstUse } from "./when-idle";

import "./view/stage.css";

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
  const drawnFrom = useDrawnFrom(rows.length, session.id);
  const scales = useRowScales(rows);
  const servers = useServers();
  const ownEndpoints = useOwnEndpoints();
  const saveProblem = useSaveProblem();
  const takeOver = useTakeOver();
  const problem = useServerProblem();
  const isLive = useIsAnyLive();
  const liveLanes = useLiveLanes();
  const readOnly = useReadOnly();
  const actions = useActions();
  const page = usePageActions();
  const toasts = useToasts();
  const currentDraft = useCurrentDraft();
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
  const [target, setTarget] = useState<SendTarget>("all");
  const { narrowLane, showLane } = useNarrowLane();
  const { lanes } = session;
  const first = lanes[0];
  const activeLane = lanes.some((lane) => lane.id === narrowLane) ? narrowLane : (first?.id ?? null);
  const hasNoModel = lanes.every(({ own }) => (own.model ?? session.shared.model) === "");
  const sendTo = target === "all" || lanes.some((lane) => lane.id === target) ? target : "all";
  const laneModels = lanes.map((lane) => ({ id: lane.id, model: lane.own.model ?? session.shared.model }));

  const images = useComposerImages(sendTo, readOnly);
  const { ref: scroller, isAway, follower, jumpToTail } = useFollowTail({ hasTurns: rows.length > 0 });
  const targets = lanes.filter(({ id }) => sendTo === "all" || sendTo === id);
  const busy = targets.filter(({ id }) => liveLanes.has(id));
  // True of the setup it was said of: another model or lane may have settled it.
  const [refusal, setRefusal] = useState<{ readonly why: string; readonly of: typeof session } | null>(null);
  const afterSend = (outcome: SendOutcome) => {
    setRefusal(outcome.state === "refused" ? { why: outcome.why, of: session } : null);
    if (outcome.state !== "refused") jumpToTail();
    else if (hasNoModel) document.querySelector<HTMLElement>("[data-first-step]")?.focus();
  };
  const run = () => {
    const prompt = currentDraft().trim();
    if (prompt === "" || readOnly || images.isBlocked) return;
    afterSend(actions.send(prompt, sendTo === "all" ? "all" : [sendTo], images.images));
  };
  const { early, start } = useStarters(afterSend);
  const compare = useCallback((prompt: PromptId) => setPanel({ kind: "row-table", prompt }), [setPanel]);
  const openFor = (kind: "add-server" | "keys" | "model") => () => {
    if (activeLane !== null) setPanel({ kind, lane: activeLane });
  };
  const exportOpen = async () => {
    const text = await actions.exportSession(session.id);
    if (text !== null) downloadText(page.exportFileName(session.id), text);
  };
  const isNarrow = useIsNarrow();
  const swipe = useSwipe((by) => {
    const next = lanes[lanes.findIndex((lane) => lane.id === activeLane) + by];
    if (isNarrow && next !== undefined) showLane(next.id);
  });
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
  useShortcuts(commandScope);

  const openInspector = useCallback(
    (turn: TurnId, stepId: string) => setPanel({ kind: "inspector", turn, stepId }),
    [setPanel],
  );

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
      <LaneTabs
        lanes={laneModels.map((lane) => ({
          ...lane,
          strip: isNarrow ? <LaneTabStrip lane={lane.id} rows={rows} scales={scales} /> : null,
        }))}
        active={activeLane}
        onActivate={showLane}
      />
      <main
        ref={scroller}
        {...swipe}
        className={cn(
          "[container-type:size] relative min-h-48 flex-1 overflow-auto max-[720px]:touch-pan-y max-[720px]:touch-pinch-zoom",
          isFresh && "flex flex-col",
        )}
      >
        <OpenInspectorContext value={openInspector}>
          <KeptThoughtsContext value={view.keepsThoughts || view.isStage}>
            <RowScalesContext value={scales}>
              <TailContext value={follower}>
                <LaneGrid
                  lanes={lanes}
                  rows={rows}
                  drawnFrom={drawnFrom}
                  onEdited={jumpToTail}
                  onCompare={compare}
                >
                  {lanes.map((lane, index) => (
                    <LaneBoundary
                      key={lane.id}
                      laneId={lane.id}
                      laneNumber={index + 1}
                      rows={rows}
                      isActive={lane.id === activeLane}
                    >
                      <LaneColumn
                        session={session}
                        laneId={lane.id}
                        laneNumber={index + 1}
                        isActive={lane.id === activeLane}
                        rows={rows}
                        drawnFrom={drawnFrom}
                        onPanel={setPanel}
                      />
                    </LaneBoundary>
                  ))}
                </LaneGrid>
              </TailContext>
            </RowScalesContext>
          </KeptThoughtsContext>
        </OpenInspectorContext>
        {isFresh && (boot === "ready" || !isKnown) ? (
          <FirstVisit
            servers={servers}
            own={ownEndpoints.map(({ name }) => name)}
            hasNoModel={hasNoModel}
            canStart={!readOnly}
            early={early}
            onStart={start}
            onAddServer={openFor("add-server")}
            onPasteKey={openFor("keys")}
            onPickModel={openFor("model")}
            onInstallDemo={page.installDemo}
          />
        ) : null}
      </main>
      <footer
        data-chrome=""
        className="border-line bg-bg border-t px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]"
      >
        <div className="mx-auto max-w-[1120px]">
          <Composer
            lanes={laneModels}
            target={sendTo}
            toolCount={toolCount(
              session.shared.tools,
              lanes.map((lane) => lane.own.tools),
            )}
            images={images}
            besidePrompt={<JumpToTail shown={isAway} onJump={jumpToTail} />}
            isLive={isLive}
            idleCount={targets.length - busy.length}
            readOnly={readOnly}
            offersRun={boot === "ready" && rows.length === 0}
            onDraft={actions.setDraft}
            onTarget={setTarget}
            onTools={() => activeLane !== null && setPanel({ kind: "tools", lane: activeLane })}
            onRun={run}
            onStopAll={actions.stopAll}
          />
          <BusyLine
            laneNumbers={busy.map((lane) => lanes.indexOf(lane) + 1)}
            hasOthers={busy.length < targets.length}
            refusal={refusal?.of === session ? refusal.why : null}
          />
          <WaitingLine
            rows={rows}
            target={sendTo}
            onGo={(lane) =>
              showLane(lane, () => focusFirstResult(lanes.findIndex(({ id }) => id === lane) + 1))
            }
          />
          <StateLine
            saveProblem={saveProblem}
            problem={problem?.message ?? null}
            readOnly={readOnly}
            takeOver={takeOver}
            onUseHere={actions.useHere}
            onDuplicate={() => void actions.duplicateSession(session.id)}
            onExport={() => void exportOpen()}
            laneCount={lanes.length}
            sequential={session.sequential}
            onSequential={actions.setSequential}
          />
        </div>
      </footer>
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

/** How many tools are on in any lane. */
function toolCount(shared: readonly string[], own: readonly (readonly string[] | undefined)[]): number {
  return new Set(own.flatMap((tools) => tools ?? shared)).size;
}
