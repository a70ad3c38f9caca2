import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { turnId } from "@/lib/session/store/ids";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";

import { firstAfter, timelineOf, turnAt } from "./recording-timeline";

/** Whole µs, as a tape has them. */
const micros = fc.integer({ min: 0, max: 3_600_000_000 });
/** In ms until the year 2039, when sums of such times no longer hold every µs. */
type Recorded = { startedAt: number; turns: { startUs: number; eventsUs: number[] }[] };
const recordings: fc.Arbitrary<Recorded> = fc.record({
  startedAt: fc.double({ min: 0, max: 2.19e12, noNaN: true }),
  turns: fc.array(
    fc.record({ startUs: micros, eventsUs: fc.array(micros, { minLength: 1, maxLength: 12 }) }),
    { minLength: 1, maxLength: 4 },
  ),
});

const request = { provider: "p", dialect: "chat-completions", model: "m", endpoint: null } as const;

function eventsAt(times: readonly number[]): readonly TimedEvent[] {
  return times
    .toSorted((one, other) => one - other)
    .map((us, index): TimedEvent => {
      const at = us / 1000;
      if (index === 0) return { at, event: { type: "step-start", stepId: "step", request } };
      if (index === 1) return { at, event: { type: "text-start", id: "text" } };
      return { at, event: { type: "text-delta", id: "text", text: `${String(index)} ` } };
    });
}

/** A recording whose turns began this many µs after it did, as it is shown from a tape. */
function timeline({ startedAt, turns }: Recorded) {
  return timelineOf({
    records: [],
    turns: turns.map(({ startUs, eventsUs }, index) => {
      const events = eventsAt(eventsUs);
      return buildRecord({
        id: turnId(`turn-${String(index)}`),
        createdAt: startedAt + startUs / 1000,
        events,
        turn: foldAll(emptyTurn(), events),
      });
    }),
  });
}

describe("a recording", () => {
  it("shows every event of every turn at its end", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { turns, moments, endsAt } = timeline(recording);
        expect(firstAfter(moments, endsAt)).toBe(moments.length);
        for (const turn of turns) expect(turnAt(turn, endsAt)).toEqual(foldAll(emptyTurn(), turn.events));
      }),
    );
  });

  it("shows at the time of each event what all events up to it make", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { turns, moments } = timeline(recording);
        for (const { at } of moments) {
          for (const turn of turns) {
            const until = moments.filter((moment) => moment.turn === turn && moment.at <= at);
            const events = until.map(({ event }) => event);
            expect(turnAt(turn, at) ?? emptyTurn()).toEqual(foldAll(emptyTurn(), events));
          }
        }
      }),
    );
  });

  it("shows an event at a marker of the same µs", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { moments } = timeline(recording);
        const from = Math.min(...recording.turns.map(({ startUs }) => startUs));
        const times = recording.turns.flatMap(({ startUs, eventsUs }) =>
          eventsUs.map((us) => (startUs - from + us) / 1000),
        );
        expect(moments.map(({ at }) => at)).toEqual(times.toSorted((one, other) => one - other));
      }),
    );
  });
});
