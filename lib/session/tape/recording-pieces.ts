/** A recording in pieces, each of which a page takes in within a frame, and put together again. Pure. */
import type { AttemptRecord, RecordFacts } from "@/lib/run/record";
import type { Session, StoredImage, TurnRecord } from "@/lib/session/store/session";
import type { TimedEvent } from "@/lib/stream/turn/event";

import type { OpenedRecording } from "./opened-recording";
import { type RecordedTurn, timelineOfTurns } from "./recording-timeline";

/** A record with its reads behind each other: thousands of small arrays take long to send, one does not. */
type PackedRecord = {
  readonly facts: RecordFacts;
  /** When each read came, in ms. */
  readonly at: Float64Array<ArrayBuffer>;
  /** Where each read ends in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Some of the events of a turn, which stands at this place of its session. The first of them come with the turn. */
type TurnPiece = {
  readonly place: number;
  readonly begun: Pick<RecordedTurn, "record" | "startsAt"> | null;
  readonly events: readonly TimedEvent[];
};

export type RecordingPiece =
  | { readonly kind: "turns"; readonly turns: readonly TurnPiece[] }
  | { readonly kind: "records"; readonly records: readonly PackedRecord[] }
  /** The last one. */
  | {
      readonly kind: "rest";
      readonly session: Session;
      readonly images: readonly StoredImage[];
      readonly about: Omit<OpenedRecording, "bundle" | "timeline">;
    };

/** Events, or reads, of a piece: few enough for a frame. */
const MOST_ENTRIES = 2_000;

/** The pieces of a recording in the order in which they are put together. */
export function* piecesOf(recording: OpenedRecording): Generator<RecordingPiece, void, undefined> {
  const { bundle, timeline, ...about } = recording;
  const places = new Map(bundle.turns.map(({ id }, place) => [id, place]));
  const turns = timeline.turns.flatMap(({ record, startsAt, events }): readonly TurnPiece[] => {
    const place = places.get(record.id) ?? 0;
    return inSlices(events).map((slice, index) => ({
      place,
      begun: index === 0 ? { record, startsAt } : null,
      events: slice,
    }));
  });
  for (const group of inGroups(turns, ({ events }) => events.length)) yield { kind: "turns", turns: group };
  for (const group of inGroups(bundle.records, ({ chunks }) => chunks.length))
    yield { kind: "records", records: group.map(packed) };
  yield { kind: "rest", session: bundle.session, images: bundle.images, about };
}

/** The buffers of a piece that can be handed over instead of copied. */
export function buffersOf(piece: RecordingPiece): ArrayBuffer[] {
  if (piece.kind !== "records") return [];
  return piece.records.flatMap(({ at, ends, bytes }) => [at.buffer, ends.buffer, bytes.buffer]);
}

export type Gathering = {
  /** Takes the next piece. Returns the recording with the last one, null before. */
  readonly add: (piece: RecordingPiece) => OpenedRecording | null;
};

/** Puts the pieces of one recording together again. */
export function gatherRecording(): Gathering {
  const turns = new Map<number, { record: TurnRecord; startsAt: number; events: TimedEvent[] }>();
  const records: AttemptRecord[] = [];
  const take = ({ place, begun, events }: TurnPiece) => {
    const turn = turns.get(place) ?? (begun === null ? undefined : { ...begun, events: [] });
    if (turn === undefined) throw new Error("The first events of a turn come with it");
    turns.set(place, turn);
    for (const event of events) turn.events.push(event);
  };
  return {
    add: (piece) => {
      switch (piece.kind) {
        case "turns":
          for (const turn of piece.turns) take(turn);
          return null;
        case "records":
          for (const record of piece.records) records.push(unpacked(record));
          return null;
        case "rest": {
          const { session, images, about } = piece;
          const own = [...turns].toSorted(([one], [other]) => one - other).map(([, { record }]) => record);
          return {
            ...about,
            bundle: { session, turns: own, records, images },
            timeline: timelineOfTurns([...turns.values()]),
          };
        }
      }
    },
  };
}

function inSlices<T>(entries: readonly T[]): readonly (readonly T[])[] {
  const slices = [entries.slice(0, MOST_ENTRIES)];
  for (let from = MOST_ENTRIES; from < entries.length; from += MOST_ENTRIES)
    slices.push(entries.slice(from, from + MOST_ENTRIES));
  return slices;
}

/** Neighbors together, up to as many entries as a piece has; `weightOf` counts those of one. */
function* inGroups<T>(
  all: readonly T[],
  weightOf: (one: T) => number,
): Generator<readonly T[], void, undefined> {
  let group: T[] = [];
  let weight = 0;
  for (const one of all) {
    // What has no entries is sent too.
    const own = weightOf(one) + 1;
    if (group.length > 0 && weight + own > MOST_ENTRIES) {
      yield group;
      group = [];
      weight = 0;
    }
    group.push(one);
    weight += own;
  }
  if (group.length > 0) yield group;
}

function packed({ chunks, ...facts }: AttemptRecord): PackedRecord {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0));
  const at = new Float64Array(chunks.length);
  const ends = new Uint32Array(chunks.length);
  let end = 0;
  for (const [index, chunk] of chunks.entries()) {
    bytes.set(chunk.bytes, end);
    end += chunk.bytes.length;
    at[index] = chunk.at;
    ends[index] = end;
  }
  return { facts, at, ends, bytes };
}

function unpacked({ facts, at, ends, bytes }: PackedRecord): AttemptRecord {
  let from = 0;
  const chunks = Array.from(at, (time, index) => {
    const end = ends[index] ?? from;
    const chunk = { at: time, bytes: bytes.subarray(from, end) };
    from = end;
    return chunk;
  });
  return { ...facts, chunks };
}
