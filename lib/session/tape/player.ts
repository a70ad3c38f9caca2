/** Plays a recording into an app of its own, at its pace or another. */
import { createStore, type StoreApi } from "zustand/vanilla";

import type { AppState } from "@/lib/session/store/app-state";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import type { LaneId, Session, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";

import { firstAfter, isRunning, type RecordedTurn, type Timeline, turnAt } from "./recording-timeline";

/** How many times as fast as it was. */
export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10] as const;
export type Speed = (typeof SPEEDS)[number];

/** Times are ms since the recording began. */
export type PlayerState = {
  readonly at: number;
  readonly endsAt: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  /** Times in which nothing ran, because a person was thinking or typing, are cut short. */
  readonly skipsWaits: boolean;
};

export type Player = {
  readonly state: StoreApi<PlayerState>;
  /** From the beginning where it is at its end. */
  readonly play: () => void;
  readonly pause: () => void;
  /** Shows this moment, whatever was shown before. */
  readonly seek: (at: number) => void;
  /** Shows the next moment at which something happened, or the one before. Pauses. */
  readonly step: (by: 1 | -1) => void;
  readonly setSpeed: (speed: Speed) => void;
  readonly setSkipsWaits: (skips: boolean) => void;
};

export type PlayerPorts = {
  readonly store: StoreApi<AppState>;
  readonly live: LiveTurns;
  /** The session as it was recorded: its lanes, each at the end of the branch that was shown. */
  readonly session: Session;
  /** Calls `tick` with the ms that have passed since the last time, about once a frame, until the returned function is called. */
  readonly everyFrame: (tick: (ms: number) => void) => () => void;
};

/** A wait is cut to this, in ms of the recording: long enough to see that something ended. */
const SHORT_WAIT_MS = 800;
/** A recording that is over before it was seen begins slowly. */
const SHORT_RECORDING_MS = 2_000;
/** A page that was hidden or busy goes on from where it was; it does not jump. */
const LONGEST_TICK_MS = 250;

/** Nothing is shown before the first action. */
export function createPlayer(timeline: Timeline, ports: PlayerPorts): Player {
  const { store, live } = ports;
  const { turns, moments, endsAt } = timeline;
  const state = createStore<PlayerState>(() => ({
    at: 0,
    endsAt,
    isPlaying: false,
    speed: endsAt < SHORT_RECORDING_MS ? 0.25 : 1,
    skipsWaits: true,
  }));
  /** How many moments are shown. */
  let shown = 0;
  let stop: (() => void) | null = null;

  const clockOf =
    ({ startsAt }: RecordedTurn) =>
    () =>
      state.getState().at - startsAt;

  const begun = (at: number) => turns.filter(({ startsAt }) => startsAt <= at);

  /** Lanes show the branch that they were recorded on, or, until it is whole, the newest turn so far. */
  const lanesAt = (at: number): Session["lanes"] =>
    ports.session.lanes.map((lane) => {
      const own = begun(at).filter(({ record }) => record.laneId === lane.id);
      return { ...lane, leaf: at >= endsAt ? lane.leaf : (own.at(-1)?.record.id ?? null) };
    });

  const show = (records: ReadonlyMap<TurnId, TurnRecord>, running: ReadonlyMap<TurnId, LaneId>, at: number) =>
    store.setState(({ session }) => ({
      turns: records,
      live: running,
      session: { ...session, lanes: lanesAt(at) },
    }));

  const seek = (to: number) => {
    const at = Math.min(Math.max(to, 0), endsAt);
    const before = store.getState().live;
    state.setState({ at });
    shown = firstAfter(moments, at);
    const records = new Map<TurnId, TurnRecord>();
    const running = new Map<TurnId, LaneId>();
    for (const recorded of begun(at)) {
      const { record } = recorded;
      const turn = turnAt(recorded, at) ?? emptyTurn();
      records.set(record.id, { ...record, turn });
      if (!isRunning(turn)) continue;
      running.set(record.id, record.laneId);
      live.open(record.id, turn, clockOf(recorded));
    }
    show(records, running, at);
    for (const id of before.keys()) if (!running.has(id)) live.close(id);
  };

  /** What happened up to this moment is folded into what is shown. */
  const goOn = (to: number) => {
    const at = Math.min(to, endsAt);
    const from = state.getState().at;
    state.setState({ at });
    const until = firstAfter(moments, at);
    const news = new Map<RecordedTurn, TimedEvent[]>();
    for (const started of turns) if (started.startsAt > from && started.startsAt <= at) news.set(started, []);
    for (const { turn, event } of moments.slice(shown, until)) {
      const events = news.get(turn);
      if (events === undefined) news.set(turn, [event]);
      else events.push(event);
    }
    shown = until;
    if (news.size > 0) fold(news, at);
    else if (at >= endsAt) show(store.getState().turns, store.getState().live, at);
  };

  const fold = (news: ReadonlyMap<RecordedTurn, readonly TimedEvent[]>, at: number) => {
    const before = store.getState();
    const records = new Map(before.turns);
    const running = new Map(before.live);
    const ended: TurnId[] = [];
    for (const [recorded, events] of news) {
      const { record } = recorded;
      const { id, laneId } = record;
      if (!before.live.has(id)) live.open(id, records.get(id)?.turn ?? emptyTurn(), clockOf(recorded));
      const turn = live.push(id, events) ?? emptyTurn();
      if (isRunning(turn)) running.set(id, laneId);
      else {
        running.delete(id);
        ended.push(id);
      }
      if (!records.has(id) || !running.has(id)) records.set(id, { ...record, turn });
    }
    const isNews =
      running.size !== before.live.size ||
      records.size !== before.turns.size ||
      ended.length > 0 ||
      at >= endsAt;
    if (isNews) show(records, running, at);
    for (const id of ended) live.close(id);
  };

  const tick = (ms: number) => {
    const { at, speed, skipsWaits } = state.getState();
    const to = at + Math.min(ms, LONGEST_TICK_MS) * speed;
    const next = moments[shown]?.at ?? endsAt;
    const isWait = store.getState().live.size === 0 && next - to > SHORT_WAIT_MS;
    goOn(skipsWaits && isWait ? next - SHORT_WAIT_MS : to);
    if (state.getState().at >= endsAt) pause();
  };

  const pause = () => {
    stop?.();
    stop = null;
    state.setState({ isPlaying: false });
  };

  return {
    state,
    play: () => {
      if (stop !== null) return;
      if (state.getState().at >= endsAt) seek(0);
      state.setState({ isPlaying: true });
      stop = ports.everyFrame(tick);
    },
    pause,
    seek,
    step: (by) => {
      pause();
      const { at } = state.getState();
      const next = by === 1 ? moments[firstAfter(moments, at)] : moments.findLast((moment) => moment.at < at);
      seek(next?.at ?? (by === 1 ? endsAt : 0));
    },
    setSpeed: (speed) => state.setState({ speed }),
    setSkipsWaits: (skipsWaits) => state.setState({ skipsWaits }),
  };
}
