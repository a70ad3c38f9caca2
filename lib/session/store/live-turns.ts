/**
 * The turns that are streaming now. Their text never goes through the store: each turn has one holder, events are
 * folded into it as they arrive, and readers are notified at most twenty times a second.
 */
import { type GrowingText, wholeText } from "@/lib/markdown/growing-text";
import type { TurnClock } from "@/lib/run/turn-clock";
import type { StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import { foldAll } from "@/lib/stream/turn/fold-all";
import { streamedText } from "@/lib/stream/turn/streamed-text";
import type { Part, Step, Turn } from "@/lib/stream/turn/turn";

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
  /** The turn with every event so far, drawn or not; null when it does not stream. */
  readonly current: (id: TurnId) => Turn | null;
  /**
   * The turn as last drawn, ignoring pure text growth, or as of the last `refresh`. Use it for anything that need not
   * render again on every token. Null when the turn does not stream.
   */
  readonly drawn: (id: TurnId) => Turn | null;
  /**
   * The words of a part of its last step as of the last frame, the same object until they grow: what a part that streams
   * is drawn from between two drawings of its turn. Null when the turn does not stream or has no such part.
   */
  readonly words: (id: TurnId, part: string) => GrowingText | null;
  /** Has the turn drawn with all that the last frame has shown. */
  readonly refresh: (id: TurnId) => void;
  /** The turn no longer streams: readers are notified at once and find it in the store. */
  readonly close: (id: TurnId) => void;
  /** Calls `listener` when `drawn` or `words` of this turn may have changed. */
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
  /** With every event up to the last frame. */
  shown: Turn;
  drawn: Turn;
  /** A structural change, not just appended text, arrived since the last frame. */
  isNews: boolean;
  /** Not drawn before this time, in ms on the clock. */
  restsUntil: number;
  /** Text received since the last frame, by the part it belongs to. */
  readonly came: Map<string, string>;
  /** The words of the parts of `shown`, for those that were read. */
  readonly words: Map<string, GrowingText>;
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

  const notifyReaders = (id: TurnId) => {
    for (const listener of listeners.get(id) ?? []) listener();
  };

  const share = createDrawShare();
  let drawnCount = 0;
  const draw = ({ at, lastMs, isWhole, isKey }: FrameReport) => {
    const room = isKey
      ? 0
      : Math.min(share.next(drawnCount, lastMs), Math.ceil(holders.size / FRAMES_IN_REST));
    const rested = [...dirty].filter((id) => restsUntil(id) <= at);
    const due = isWhole ? [...dirty] : rested.slice(0, room);
    drawnCount = due.length;
    for (const id of due) {
      dirty.delete(id);
      const holder = holders.get(id);
      if (holder) show(holder, at);
      notifyReaders(id);
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
        drawn: turn,
        isNews: false,
        restsUntil: 0,
        came: new Map(),
        words: new Map(),
      });
      notifyReaders(id);
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
    drawn: (id) => holders.get(id)?.drawn ?? null,
    words: (id, part) => {
      const holder = holders.get(id);
      return holder === undefined ? null : wordsIn(holder, part);
    },
    refresh: (id) => {
      const holder = holders.get(id);
      if (!holder || holder.drawn === holder.shown) return;
      holder.drawn = holder.shown;
      notifyReaders(id);
    },
    close: (id) => {
      holders.delete(id);
      dirty.delete(id);
      notifyReaders(id);
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
  holder.isNews ||= !hasWords(holder.drawn, event.id);
  holder.came.set(event.id, (holder.came.get(event.id) ?? "") + event.text);
}

function hasWords(turn: Turn, part: string): boolean {
  const found = turn.steps.at(-1)?.parts.findLast(({ id }) => id === part);
  return found !== undefined && streamedText(found).length > 0;
}

/** Publishes the current turn, and what was appended to its parts for the components that draw them. */
function show(holder: Holder, at: number): void {
  holder.restsUntil = at + REST_MS;
  const before = holder.shown.steps.at(-1);
  const step = holder.current.steps.at(-1);
  // Ids are unique within a step only.
  if (before?.id !== step?.id) holder.words.clear();
  for (const [id, added] of holder.came) {
    const index = indexOfPart(step, id);
    const part = step?.parts[index];
    if (part === undefined) continue;
    const whole = streamedText(part);
    const from = whole.length - added.length;
    const known = before?.id === step?.id ? partAt(before, index, id) : undefined;
    const isGrowth = from === (known === undefined ? 0 : streamedText(known).length);
    holder.words.set(id, isGrowth ? { whole, from, added, isOpen: true } : wholeText(whole, true));
  }
  holder.came.clear();
  holder.shown = holder.current;
  if (holder.isNews) holder.drawn = holder.shown;
  holder.isNews = false;
}

/** From the end: what has grown is new. A step may have thousands of parts. */
function indexOfPart(step: Step | undefined, id: string): number {
  return step?.parts.findLastIndex((part) => part.id === id) ?? -1;
}

/** The part with this id in a step as it was, which stands at this place in the step that it has become. */
function partAt(step: Step | undefined, index: number, id: string): Part | undefined {
  const part = step?.parts[index];
  // Parts are added at the end: one that is beyond it was not there.
  return part === undefined || part.id === id ? part : step?.parts[indexOfPart(step, id)];
}

function wordsIn({ shown, words }: Holder, id: string): GrowingText | null {
  const part = shown.steps.at(-1)?.parts.findLast((candidate) => candidate.id === id);
  if (part === undefined) return null;
  const known = words.get(id);
  const whole = streamedText(part);
  // Where more than a growth has changed them, they are read anew.
  if (known?.whole.length === whole.length) return known;
  const text = wholeText(whole, true);
  words.set(id, text);
  return text;
}
