import type { TurnClock } from "@/lib/session/run/turn-clock";
/**
 * The turns that are streaming now. Their text never goes through the store: each turn has one holder, events are
 * folded into it as they arrive, and readers are notified at most twenty times a second.
 */
import type { StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { foldAll } from "@/lib/stream/turn/fold-all";
import { noteGrowth, wordsOf } from "@/lib/stream/turn/text-growth";
import type { Turn } from "@/lib/stream/turn/turn";

import { createDrawShare } from "./draw-share";
import type { FrameClock, FrameReport } from "./frame-clock";
import type { TurnId } from "./session";

export type LiveTurns = {
  /** Begins or goes on with a turn that streams, timed by this clock. */
  readonly open: (id: TurnId, turn: Turn, clock: TurnClock) => void;
  /** ms since a turn began, by the clock that times its events; null when it does not stream. */
  readonly elapsed: (id: TurnId) => number | null;
  /** Folds events at once and returns the turn after them. A turn that is not open stays as it is: null. */
  readonly push: (id: TurnId, events: readonly TimedEvent[]) => Turn | null;
  /** The turn with every event that came, drawn or not; null when it does not stream. */
  readonly current: (id: TurnId) => Turn | null;
  /** The turn as of the last frame, the same object until the next one; null when it does not stream. */
  readonly shown: (id: TurnId) => Turn | null;
  /**
   * The turn as last drawn, ignoring pure text growth, or as of the last `refresh`. Use it for anything that need not
   * render again on every token. Null when the turn does not stream.
   */
  readonly outline: (id: TurnId) => Turn | null;
  /** Makes `outline` the same as `shown`. */
  readonly refresh: (id: TurnId) => void;
  /** The turn no longer streams: readers are told at once and find it in the store. */
  readonly close: (id: TurnId) => void;
  /** Calls `listener` when `shown` or `outline` of this turn may have changed. */
  readonly subscribe: (id: TurnId, listener: () => void) => () => void;
  /** Calls `listener` after turns were drawn, in the same frame. For work that does not need a frame of its own. */
  readonly onDraw: (listener: () => void) => () => void;
};

/**
 * A drawn turn rests this long, in ms: nobody can read more than twenty updates a second, and drawing costs more per
 * frame than per word. Just under three frames at 60 Hz.
 */
const REST_MS = 42;
/** The number of frames in a rest. Turns are spread over them so that they are not all drawn in one frame. */
const FRAMES_IN_REST = 3;

type Holder = {
  readonly clock: TurnClock;
  current: Turn;
  shown: Turn;
  outline: Turn;
  /** A structural change, not just appended text, arrived since the last frame. */
  isNews: boolean;
  /** Not drawn before this time, in ms on the clock. */
  restsUntil: number;
  /** What came since the last frame, by the part it belongs to. */
  readonly came: Map<string, string>;
};

/**
 * One frame clock serves all lanes. The first words of a turn are drawn in the next frame; lanes that one frame has no
 * room for are the first of the one after.
 */
export function createLiveTurns(clock: FrameClock): LiveTurns {
  const holders = new Map<TurnId, Holder>();
  const listeners = new Map<TurnId, Set<() => void>>();
  const drawListeners = new Set<() => void>();
  // In insertion order, so a turn that had to wait is first in the next frame.
  const dirty = new Set<TurnId>();

  const tell = (id: TurnId) => {
    for (const listener of listeners.get(id) ?? []) listener();
  };

  const share = createDrawShare();
  let drawn = 0;
  const draw = ({ at, lastMs, isWhole, isKey }: FrameReport) => {
    const room = isKey ? 0 : Math.min(share.next(drawn, lastMs), Math.ceil(holders.size / FRAMES_IN_REST));
    const rested = [...dirty].filter((id) => restsUntil(id) <= at);
    const due = isWhole ? [...dirty] : rested.slice(0, room);
    drawn = due.length;
    for (const id of due) {
      dirty.delete(id);
      const holder = holders.get(id);
      if (holder) show(holder, at);
      tell(id);
    }
    if (due.length > 0) for (const listener of drawListeners) listener();
    if (dirty.size > 0) clock.request(draw, Math.min(...[...dirty].map(restsUntil)));
  };
  const restsUntil = (id: TurnId) => holders.get(id)?.restsUntil ?? 0;

  return {
    open: (id, turn, turnClock) => {
      holders.set(id, {
        clock: turnClock,
        current: turn,
        shown: turn,
        outline: turn,
        isNews: false,
        restsUntil: 0,
        came: new Map(),
      });
      tell(id);
    },
    push: (id, events) => {
      const holder = holders.get(id);
      if (!holder) return null;
      holder.current = foldAll(holder.current, events);
      for (const { event } of events) note(holder, event);
      if (holder.current !== holder.shown) {
        if (!dirty.has(id)) clock.request(draw, holder.restsUntil);
        dirty.add(id);
      }
      return holder.current;
    },
    elapsed: (id) => holders.get(id)?.clock() ?? null,
    current: (id) => holders.get(id)?.current ?? null,
    shown: (id) => holders.get(id)?.shown ?? null,
    outline: (id) => holders.get(id)?.outline ?? null,
    refresh: (id) => {
      const holder = holders.get(id);
      if (!holder || holder.outline === holder.shown) return;
      holder.outline = holder.shown;
      tell(id);
    },
    close: (id) => {
      holders.delete(id);
      dirty.delete(id);
      tell(id);
    },
    subscribe: (id, listener) => {
      const set = listeners.get(id) ?? new Set();
      listeners.set(id, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(id) === set) listeners.delete(id);
      };
    },
    onDraw: (listener) => {
      drawListeners.add(listener);
      return () => drawListeners.delete(listener);
    },
  };
}

function note(holder: Holder, event: StreamEvent): void {
  // Ids are unique within a step only.
  if (event.type === "step-start") holder.came.clear();
  if (event.type !== "text-delta" && event.type !== "reasoning-delta" && event.type !== "tool-input-delta") {
    holder.isNews = true;
    return;
  }
  holder.isNews ||= !hasWords(holder.outline, event.id);
  holder.came.set(event.id, (holder.came.get(event.id) ?? "") + event.text);
}

function hasWords(turn: Turn, part: string): boolean {
  const found = turn.steps.at(-1)?.parts.find(({ id }) => id === part);
  return found !== undefined && wordsOf(found).length > 0;
}

/** Publishes the current turn and notes what was appended to its parts for the components that draw them. */
function show(holder: Holder, at: number): void {
  holder.restsUntil = at + REST_MS;
  const before = holder.shown.steps.at(-1);
  const step = holder.current.steps.at(-1);
  for (const [id, text] of holder.came) {
    const part = step?.parts.find((candidate) => candidate.id === id);
    const known =
      before?.id === step?.id ? before?.parts.find((candidate) => candidate.id === id) : undefined;
    if (part !== undefined) noteGrowth(part, known === undefined ? 0 : wordsOf(known).length, text);
  }
  holder.came.clear();
  holder.shown = holder.current;
  if (holder.isNews) holder.outline = holder.shown;
  holder.isNews = false;
}
