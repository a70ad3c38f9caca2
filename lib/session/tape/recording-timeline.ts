/** What a recording shows at each moment. Pure. */
import type { AttemptRecord } from "@/lib/run/record";
import { replayEvents } from "@/lib/run/replay";
import type { Bundle } from "@/lib/session/storage/database";
import type { TurnRecord } from "@/lib/session/store/session";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";
import type { Turn } from "@/lib/stream/turn/turn";

/** A recorded turn with everything that happened to it, which gives the turn in its record. All times are ms since the recording began. */
export type RecordedTurn = {
  readonly record: TurnRecord;
  readonly startsAt: number;
  /** In the order in which they are folded, which is also that of their times. */
  readonly events: readonly TimedEvent[];
};

/** One event of one turn. */
export type Moment = { readonly at: number; readonly turn: RecordedTurn; readonly event: TimedEvent };

export type Timeline = {
  /** In the order in which they began. */
  readonly turns: readonly RecordedTurn[];
  /** All events of all turns in the order in which they happened. */
  readonly moments: readonly Moment[];
  /** When the last event happened. */
  readonly endsAt: number;
};

/** The timeline of a recorded session. */
export function timelineOf({ turns, records }: Pick<Bundle<AttemptRecord>, "turns" | "records">): Timeline {
  const from = turns.reduce((least, { createdAt }) => Math.min(least, createdAt), Infinity);
  const ofStep = new Map<string, AttemptRecord[]>();
  for (const record of records) {
    const own = ofStep.get(record.stepId);
    if (own === undefined) ofStep.set(record.stepId, [record]);
    else own.push(record);
  }
  return timelineOfTurns(
    turns
      .toSorted((one, other) => one.createdAt - other.createdAt)
      .map((record): RecordedTurn => {
        const own = record.turn.steps.flatMap(({ id }) => ofStep.get(id) ?? []);
        return {
          record,
          startsAt: wholeMicros(record.createdAt - from),
          events: inOrder(replayEvents(record.events, own).events),
        };
      }),
  );
}

/** The timeline of turns that are in the order in which they began. */
export function timelineOfTurns(recorded: readonly RecordedTurn[]): Timeline {
  const moments = recorded
    .flatMap((turn) =>
      turn.events.map((event): Moment => ({ at: happenedAt(turn.startsAt, event), turn, event })),
    )
    .toSorted((one, other) => one.at - other.at);
  return { turns: recorded, moments, endsAt: moments.at(-1)?.at ?? 0 };
}

/**
 * When an event of a turn that started then happened: the only place where the two times are added. Sums of fractions
 * depend on their order, so they are whole µs again, as on a tape.
 */
function happenedAt(startsAt: number, { at }: { readonly at: number }): number {
  return wholeMicros(startsAt + at);
}

function wholeMicros(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** An event that was noted with an earlier time than the one before it is shown with that one. */
function inOrder(events: readonly TimedEvent[]): readonly TimedEvent[] {
  let last = 0;
  return events.map((timed) => {
    last = Math.max(last, timed.at);
    return timed.at === last ? timed : { ...timed, at: last };
  });
}

/** A turn as it was at this moment; null before it began. */
export function turnAt({ record, startsAt, events }: RecordedTurn, at: number): Turn | null {
  if (startsAt > at) return null;
  const many = firstAfter(events, at, startsAt);
  return many === events.length ? record.turn : foldAll(emptyTurn(), events.slice(0, many));
}

/** Something of it runs: a step, or a tool. Otherwise it waits for a person, or has ended. */
export function isRunning({ steps }: Turn): boolean {
  const last = steps.at(-1);
  if (last === undefined) return false;
  if (last.endedAt === null) return true;
  return last.parts.some(
    (part) =>
      part.type === "tool-call" && part.status.state === "running" && part.status.question === undefined,
  );
}

/** The number of entries that happened at or before `at`. They are sorted by their times, which count from `startsAt`. */
export function firstAfter(entries: readonly { readonly at: number }[], at: number, startsAt = 0): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && happenedAt(startsAt, entry) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
