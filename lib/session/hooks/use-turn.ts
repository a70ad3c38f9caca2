"use client";

/**
 * A turn has two readings: as it was last drawn, which components draw, and with everything that has come, which events
 * such as Copy read. Between two drawings of a turn its growing words are read part by part.
 */
import { useCallback, useMemo, useSyncExternalStore } from "react";

import type { GrowingText } from "@/lib/markdown/growing-text";
import type { SessionApp } from "@/lib/session/actions/session-app";
import type { AppState } from "@/lib/session/store/app-state";
import type { BestIn, SharedServer } from "@/lib/session/store/row-marks";
import type { LaneId, TurnId, TurnRecord } from "@/lib/session/store/session";
import { siblingsOf } from "@/lib/session/store/turn-tree";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import { lastOf } from "./last-of";
import { type Selectors, useAppState, useSessionApp } from "./session-context";

/**
 * A turn as it was last drawn: while it streams it changes when more than words come, and with `refresh` of
 * `useLiveTurns`. Its words are read with `useGrowingParts`. An unknown id is an empty turn.
 */
export function useTurn(turn: TurnId): Turn {
  const app = useSessionApp();
  const subscribe = useSubscribe(turn);
  const read = () => drawnTurn(app, turn);
  return useSyncExternalStore(subscribe, read, read);
}

/** What events ask of turns, and nothing is drawn from. */
export type LiveReader = {
  /** A turn with everything that has come, drawn or not. */
  readonly current: (turn: TurnId) => Turn;
  /** Brings `useTurn` up to date. */
  readonly refresh: (turn: TurnId) => void;
  /** ms since a live turn began, by the clock that times its events; null when it does not stream. */
  readonly elapsed: (turn: TurnId) => number | null;
  /** Calls `listener` after words of any turn were drawn, in the frame that drew them. */
  readonly onDraw: (listener: () => void) => () => void;
};

/** Always the same object. */
export function useLiveTurns(): LiveReader {
  const app = useSessionApp();
  return useMemo(
    () => ({
      current: (turn) => app.live.current(turn) ?? savedTurn(app, turn),
      refresh: app.live.refresh,
      elapsed: app.live.elapsed,
      onDraw: app.live.onDraw,
    }),
    [app],
  );
}

/** The words of a turn that streams, part by part, as of the last frame. */
export type GrowingParts = {
  /** Calls `listener` when a part may have grown. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The words of a part, the same object until they grow; null where the turn does not stream or has no such part. */
  readonly read: (part: string) => GrowingText | null;
};

/** The growing words of a turn. Always the same object for a turn. */
export function useGrowingParts(turn: TurnId): GrowingParts {
  const app = useSessionApp();
  const subscribe = useSubscribe(turn);
  return useMemo(() => ({ subscribe, read: (part) => app.live.words(turn, part) }), [app, turn, subscribe]);
}

/**
 * One thing about many turns, as they were last drawn. Renders again only when that has changed, so `pick` returns a plain
 * value.
 */
export function useTurns<T extends string | number | boolean | null>(
  turns: readonly TurnId[],
  pick: (read: (turn: TurnId) => Turn) => T,
): T {
  const app = useSessionApp();
  const subscribe = useCallback((listener: () => void) => listenTo(app, turns, listener), [app, turns]);
  const read = () => pick((turn) => drawnTurn(app, turn));
  return useSyncExternalStore(subscribe, read, read);
}

/** A turn with what it was asked and how its lane was set; undefined where there is none of this id. */
export function useTurnRecord(turn: TurnId): TurnRecord | undefined {
  return useAppState((state) => state.turns.get(turn));
}

/** What was changed in or left out of a turn's requests, in a person's words. */
export function useTurnNotes(turn: TurnId): readonly string[] {
  return useAppState((state) => state.turns.get(turn)?.notes ?? NO_NOTES);
}

/** Where a turn stands among the branches of its prompt: `index` from 0. */
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
  return useAppState((state) => pick(state.turns));
}

/** In what a turn is the best of its row; null where it is not. */
export function useBestIn(turn: TurnId): BestIn | null {
  return useAppState(
    ({ session, turns, live }, select) =>
      select.best(select.rows(session.lanes, turns), live).get(turn) ?? null,
  );
}

/** What to say of a turn whose server another lane used at the same time; null where it had it alone. */
export function useSharedServer(turn: TurnId): SharedServer | null {
  const pick = ({ session, turns }: AppState, select: Selectors) =>
    select.shared(select.rows(session.lanes, turns), session.lanes).get(turn);
  const words = useAppState((state, select) => pick(state, select)?.words ?? null);
  const leads = useAppState((state, select) => pick(state, select)?.leads ?? false);
  return words === null ? null : { words, leads };
}

/** Whether a turn has a request under way or waiting. Between a call and its result it has none. */
export function useIsLive(turn: TurnId): boolean {
  return useAppState((state) => state.live.has(turn));
}

/** Whether any turn of the lane is live. */
export function useIsLaneLive(lane: LaneId): boolean {
  return useAppState((state) => [...state.live.values()].includes(lane));
}

/** The lanes that have something live. */
export function useLiveLanes(): ReadonlySet<LaneId> {
  const pick = useMemo(() => lastOf((live: AppState["live"]) => new Set(live.values())), []);
  return useAppState((state) => pick(state.live));
}

/** Whether anything is live or waiting to be sent, and can therefore be stopped. */
export function useIsAnyLive(): boolean {
  return useAppState((state) => state.live.size > 0 || state.waitingSend !== null);
}

/** Whether a live turn has not moved for 20 s, keep-alives or not. */
export function useIsSilent(turn: TurnId): boolean {
  return useAppState((state) => state.silent.has(turn));
}

function useSubscribe(turn: TurnId): (listener: () => void) => () => void {
  const app = useSessionApp();
  return useCallback((listener: () => void) => listenTo(app, [turn], listener), [app, turn]);
}

function listenTo(app: SessionApp, turns: readonly TurnId[], listener: () => void): () => void {
  const ends = turns.map((turn) => app.live.subscribe(turn, listener));
  ends.push(app.store.subscribe(listener));
  return () => {
    for (const end of ends) end();
  };
}

function drawnTurn(app: SessionApp, turn: TurnId): Turn {
  return app.live.drawn(turn) ?? savedTurn(app, turn);
}

function savedTurn(app: SessionApp, turn: TurnId): Turn {
  return app.store.getState().turns.get(turn)?.turn ?? NO_TURN;
}

/** One object, so that a turn that is gone does not render again and again. */
const NO_TURN = emptyTurn();
const NO_NOTES: readonly string[] = [];
