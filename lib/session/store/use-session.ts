"use client";

/** How components access the session. Each hook renders again only when its return value changes. */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { useStore } from "zustand";

import type { ProvidersReply } from "@/lib/providers/api";
import type { LaneSetup, ToolDefinition } from "@/lib/providers/provider";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import type { PageActions } from "@/lib/session/actions/session-app";
import { pageApp } from "@/lib/session/page/page-app";
import { type RequestPreview, requestPreview } from "@/lib/session/run/request-preview";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { GrowingParts } from "@/lib/stream/turn/growing-parts";
import type { Part, Turn } from "@/lib/stream/turn/turn";

import { type AppState, type ModelList, type Notice, type Ownership, serverOfKey } from "./app-state";
import type { SessionSummary, UndoState } from "./app-state";
import { type DraftReport, draftReport } from "./draft-report";
import { laneVerdicts } from "./lane-verdicts";
import { differingSettings, effectiveSetup } from "./lanes";
import { lastOf } from "./last-of";
import { endpointsAtHand, toolsAtHand } from "./person";
import type {
  DraftImage,
  Endpoint,
  Lane,
  LaneId,
  Row,
  Session,
  SessionActions,
  SessionSetup,
  SettingKey,
  TurnId,
} from "./session";
import { rowsOf, siblingsOf } from "./turn-tree";

/** Starts the session's life in the page: reads what is saved, opens a link's lanes, watches servers. Once, at the top. */
export function useStartSession(): void {
  useEffect(() => pageApp.start(window.location.search), []);
}

/** "loading" until the saved sessions are read. */
export function useBoot(): AppState["boot"] {
  return useApp((state) => state.boot);
}

/** Every tool that the open session can use: the person's, and those that only this session still has. */
export function useTools(): readonly ToolDefinition[] {
  return useApp(({ person, session }) => pickTools(person.tools, session.tools));
}

/** Every server that the open session can name: the person's, and those that only this session still has. */
export function useEndpoints(): readonly Endpoint[] {
  return useApp(({ person, session }) => pickEndpoints(person.endpoints, session.endpoints));
}

/** The open session: lanes and shared settings. */
export function useSession(): SessionSetup {
  return useApp((state) => pickSetup(state.session));
}

/** The open session including the draft, so it changes with every key. */
export function useWholeSession(): Session {
  return useApp((state) => state.session);
}

/** What is typed in the composer. Kept apart from the session so that a key redraws only the composer. */
export function useDraft(): string {
  return useApp((state) => state.session.draft);
}

/** Something is typed in the composer. */
export function useHasDraft(): boolean {
  return useApp((state) => state.session.draft.trim() !== "");
}

/** What is typed in the composer right now. Not for drawing. */
export function currentDraft(): string {
  return pageApp.store.getState().session.draft;
}

export function useDraftImages(): readonly DraftImage[] {
  return useApp((state) => state.session.draftImages);
}

/** The model of the lanes that have none of their own; "" while none was chosen. */
export function useSharedModel(): string {
  return useApp((state) => state.session.shared.model);
}

export function useLanes(): readonly Lane[] {
  return useApp((state) => state.session.lanes);
}

/** A lane's settings, the shared ones filled in. */
export function useLaneSetup(lane: LaneId): LaneSetup {
  const pick = useMemo(() => lastOf((session: Session) => effectiveSetup(session, lane)), [lane]);
  return useApp((state) => pick(state.session));
}

/** The settings in which the lanes differ: what a lane's header shows. */
export function useDifferingSettings(): readonly SettingKey[] {
  return useApp((state) => pickDiffering(state.session));
}

/** Why this lane is not what a link asked for; null when it is. */
export function useLaneNotice(lane: LaneId): string | null {
  return useApp((state) => state.laneNotices.get(lane) ?? null);
}

/** The rows on screen, oldest prompt first. Changes when a turn starts, ends a step or gets a result, never per token. */
export function useRows(): readonly Row[] {
  return useApp((state) => pickRows(state.session.lanes, state.turns));
}

/**
 * A turn without its newest text: while it streams it changes only with structural changes and `refreshTurn`. Read its
 * text with `useGrowingParts`. An unknown id gives an empty turn.
 */
export function useTurn(turn: TurnId): Turn {
  const subscribe = useSubscribe(turn);
  const read = () => pageApp.live.outline(turn) ?? savedTurn(turn);
  return useSyncExternalStore(subscribe, read, read);
}

/** What was changed in or left out of a turn's requests, in a person's words. */
export function useTurnNotes(turn: TurnId): readonly string[] {
  return useApp((state) => state.turns.get(turn)?.notes ?? NO_NOTES);
}

/** Brings `useTurn` up to date. */
export function refreshTurn(turn: TurnId): void {
  pageApp.live.refresh(turn);
}

/** ms since a live turn began, by the clock that times its events; null when it does not stream. Not for drawing. */
export function elapsedOf(turn: TurnId): number | null {
  return pageApp.live.elapsed(turn);
}

/** Calls `listener` after words of any turn were drawn, in the frame that drew them. */
export function onDraw(listener: () => void): () => void {
  return pageApp.live.onDraw(listener);
}

/** A turn with everything that has come, drawn or not. Not for drawing. */
export function currentTurn(turn: TurnId): Turn {
  return pageApp.live.current(turn) ?? savedTurn(turn);
}

/** The parts of a turn that streams, as of the last frame. Always the same object for a turn. */
export function useGrowingParts(turn: TurnId): GrowingParts {
  const subscribe = useSubscribe(turn);
  return useMemo(
    () => ({
      subscribe,
      read: <P extends Part>(part: P) => {
        const isSame = (other: Part): other is P => other.id === part.id && other.type === part.type;
        return pageApp.live.shown(turn)?.steps.at(-1)?.parts.find(isSame) ?? part;
      },
    }),
    [turn, subscribe],
  );
}

function useSubscribe(turn: TurnId): (listener: () => void) => () => void {
  return useCallback(
    (listener: () => void) => {
      const ends = [pageApp.live.subscribe(turn, listener), pageApp.store.subscribe(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [turn],
  );
}

/**
 * One thing about many turns, each read as of now. Renders again only when that has changed, so `pick` returns a plain
 * value.
 */
export function useTurns<T extends string | number | boolean | null>(
  turns: readonly TurnId[],
  pick: (read: (turn: TurnId) => Turn) => T,
): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = turns.map((turn) => pageApp.live.subscribe(turn, listener));
      ends.push(pageApp.store.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [turns],
  );
  const read = () => pick(readTurn);
  return useSyncExternalStore(subscribe, read, read);
}

/** Where a turn stands among the branches of its place: `index` from 0. */
export function useBranch(turn: TurnId): { readonly index: number; readonly count: number } {
  const pick = useMemo(
    () =>
      lastOf((turns: AppState["turns"]) => {
        const record = turns.get(turn);
        const siblings = record ? siblingsOf(turns, record) : [];
        return { index: siblings.findIndex((other) => other.id === turn), count: siblings.length };
      }),
    [turn],
  );
  return useApp((state) => pick(state.turns));
}

/** Whether a turn has a request under way or waiting. Between a call and its result it has none. */
export function useIsLive(turn: TurnId): boolean {
  return useApp((state) => state.live.has(turn));
}

/** Whether any turn of the lane is live. */
export function useIsLaneLive(lane: LaneId): boolean {
  return useApp((state) => [...state.live.values()].includes(lane));
}

/** The lanes that have something live. */
export function useLiveLanes(): ReadonlySet<LaneId> {
  const pick = useMemo(() => lastOf((live: AppState["live"]) => new Set(live.values())), []);
  return useApp((state) => pick(state.live));
}

/** Whether anything is live or waiting to be sent, and can therefore be stopped. */
export function useIsAnyLive(): boolean {
  return useApp((state) => state.live.size > 0 || state.waitingSend !== null);
}

/** Whether a live turn has not moved for 20 s, keep-alives or not. */
export function useIsSilent(turn: TurnId): boolean {
  return useApp((state) => state.silent.has(turn));
}

/** Everything a person can do with the session. Always the same object. */
export function useActions(): SessionActions {
  return pageApp.actions;
}

/** Everything a person can do beside it. Always the same object. */
export function usePageActions(): PageActions {
  return pageApp.page;
}

/** What exists and is reachable, and the state of the demo model; null before the first answer. */
export function useServers(): ProvidersReply | null {
  return useApp((state) => state.servers.reply);
}

/** Why the app's own server does not answer; null while it does. */
export function useServerProblem(): AppState["servers"]["problem"] {
  return useApp((state) => state.servers.problem);
}

/** Every model list that was asked for, and whose it is. */
export function useModelLists(): readonly {
  readonly provider: string;
  readonly endpoint: string | null;
  readonly list: ModelList;
}[] {
  const models = useApp((state) => state.servers.models);
  return useMemo(
    () =>
      [...models].map(([key, list]) => {
        const { provider, endpoint } = serverOfKey(key);
        return { provider, endpoint, list };
      }),
    [models],
  );
}

/** The servers for which this tab holds a pasted key. */
export function useHeldKeys(): readonly { readonly provider: string; readonly endpoint: string | null }[] {
  const held = useApp((state) => state.keysHeld);
  return useMemo(() => [...held].map(serverOfKey), [held]);
}

/** What this lane's server will not do as asked, before anything is sent. */
export function useVerdicts(lane: LaneId): readonly Verdict[] {
  const setup = useLaneSetup(lane);
  const pick = useMemo(() => lastOf(laneVerdicts), []);
  return useApp(({ session, person, servers }) =>
    pick(
      setup,
      pickTools(person.tools, session.tools),
      servers.llama,
      servers.renders,
      session.draftImages.length > 0,
    ),
  );
}

/** The verdicts on every lane, by lane id. */
export function useAllVerdicts(): Readonly<Record<string, readonly Verdict[]>> {
  const session = useWholeSession();
  const tools = useTools();
  const servers = useApp((state) => state.servers);
  return useMemo(
    () =>
      Object.fromEntries(
        session.lanes.map(({ id }) => [
          id,
          laneVerdicts(
            effectiveSetup(session, id),
            tools,
            servers.llama,
            servers.renders,
            session.draftImages.length > 0,
          ),
        ]),
      ),
    [session, tools, servers],
  );
}

/** The request that a lane would send now for the draft; null without a model. */
export function useRequestPreview(lane: LaneId): RequestPreview | null {
  const pick = useMemo(() => lastOf(requestPreview), []);
  return useApp(({ session, person, turns, servers }) => pick(lane, session, person, turns, servers));
}

/** What to report about the draft's images before they are sent to these lanes. */
export function useDraftReport(to: "all" | LaneId): DraftReport {
  const pick = useMemo(() => lastOf(draftReport), []);
  return useApp(({ session, turns, servers }) => pick(session, turns, servers.llama, to));
}

/** Why what is on screen could not be saved; null while it could. Not "saving" and "saved": they change with every key. */
export function useSaveProblem(): string | null {
  return useApp(({ saveState }) => (saveState.state === "not-saved" ? saveState.message : null));
}

/** All saved sessions, last changed first. */
export function useSessionList(): readonly SessionSummary[] {
  return useApp((state) => state.summaries);
}

/** "elsewhere" while another tab has this session open: nothing here changes it then. */
export function useOwnership(): Ownership {
  return useApp((state) => state.ownership);
}

/** What can be brought back: a deleted session, closed lanes. */
export function useUndo(): UndoState {
  return useApp((state) => state.undo);
}

/** Whether prompts may go to a server that is not the person's own; null = nothing is asked. */
export function useQuestion(): AppState["question"] {
  return useApp((state) => state.question);
}

/** The person's own servers, without those that only this session names. */
export function useOwnEndpoints(): readonly Endpoint[] {
  return useApp((state) => state.person.endpoints);
}

/** A session that was not opened at the start, because the page broke or froze over it last time. */
export function useHeldBack(): SessionSummary | null {
  return useApp((state) => state.heldBack);
}

export function useNotices(): readonly Notice[] {
  return useApp((state) => state.notices);
}

const pickRows = lastOf((lanes: readonly Lane[], turns: AppState["turns"]) => rowsOf(lanes, turns));
const pickTools = lastOf(toolsAtHand);
const pickEndpoints = lastOf(endpointsAtHand);
const pickSetup = lastOf(setupOf);
const pickDiffering = lastOf(differingSettings);
/** One object, so that a turn that is gone does not render again and again. */
const NO_TURN = emptyTurn();
const NO_NOTES: readonly string[] = [];

function readTurn(turn: TurnId): Turn {
  return pageApp.live.shown(turn) ?? savedTurn(turn);
}

function savedTurn(turn: TurnId): Turn {
  return pageApp.store.getState().turns.get(turn)?.turn ?? NO_TURN;
}

function useApp<T>(pick: (state: AppState) => T): T {
  return useStore(pageApp.store, pick);
}

function setupOf({ draft: _draft, draftImages: _images, updatedAt: _at, ...setup }: Session): SessionSetup {
  return setup;
}
