/** From what was recorded of a turn back to the turn. Pure. */
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import { openAnswer } from "./answer";
import { type AttemptRecord, incompleteFrom, recordKey } from "./record";

export type Replay = {
  readonly turn: Turn;
  /** Attempts whose bytes are not all there, and the byte from which they are missing, counted from 0. */
  readonly incomplete: readonly IncompleteAttempt[];
};

export type IncompleteAttempt = {
  readonly stepId: string;
  readonly attempt: number;
  readonly fromByte: number;
};

/**
 * The turn that a run's own events and its attempts' bytes give, read as they were read then. Equal to the turn that
 * was shown where no attempt is incomplete.
 */
export function replayTurn(events: readonly TimedEvent[], attempts: readonly AttemptRecord[]): Replay {
  const { events: all, incomplete } = replayEvents(events, attempts);
  return { turn: all.reduce(fold, emptyTurn()), incomplete };
}

/** All events of a turn in the order in which they are folded: those of an attempt stand behind its sending. */
export function replayEvents(
  events: readonly TimedEvent[],
  attempts: readonly AttemptRecord[],
): { readonly events: readonly TimedEvent[]; readonly incomplete: readonly IncompleteAttempt[] } {
  const records = new Map(attempts.map((record) => [recordKey(record), record]));
  const incomplete: IncompleteAttempt[] = [];
  const all: TimedEvent[] = [];
  let stepId = "";
  let attempt = 0;
  for (const timed of events) {
    const { event } = timed;
    all.push(timed);
    if (event.type === "step-start") {
      stepId = event.stepId;
      attempt = 0;
    }
    if (event.type !== "step-send") continue;
    attempt += 1;
    const record = records.get(recordKey({ stepId, attempt }));
    if (record) for (const read of replayAttempt(record)) all.push(read);
    const fromByte = record ? incompleteFrom(record) : 0;
    if (fromByte !== null) incomplete.push({ stepId, attempt, fromByte });
  }
  return { events: all, incomplete };
}

/** The events that were read from the bytes of one attempt. Nothing where its dialect was not recorded. */
export function replayAttempt(record: AttemptRecord): readonly TimedEvent[] {
  const { speech, thinkTags, head, isStreamed, chunks, end } = record;
  if (speech === null) return [];
  const answer = openAnswer({ reader: bindDialect(speech).open(thinkTags), head, isStreamed });
  const events = chunks.flatMap(({ at, bytes }) => answer.push(bytes, at));
  return end === null ? events : [...events, ...answer.end(end.at, end)];
}
