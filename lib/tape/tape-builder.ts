/** Puts the lines of a file together to a tape. Pure but for its own state; never throws. */
import * as z from "zod/mini";

import { fromBase64 } from "@/lib/link/base64";
import type { Speech } from "@/lib/providers/provider";
import { type AttemptRecord, type RecordedChunk, type RecordedEnd, recordKey } from "@/lib/run/record";
import { runEventSchema } from "@/lib/run/saved/saved-event";
import type { ResponseHead, TimedEvent } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { readBytes } from "./byte-text";
import type { Tape, TapeImage, TapeMarker, TapeTurn } from "./tape";
import type { TapeNotes } from "./tape-notes";
import {
  DATA,
  describeIssue,
  type headerSchema,
  requestSchema,
  turnSchema,
  unknownFields,
  usSchema,
} from "./tape-schemas";

/** One line that has the shape of all lines. */
export type TapeFileLine = {
  readonly us: number;
  readonly lane: Json;
  readonly kind: string;
  readonly data: Json;
};

export type TapeBuilder = {
  /** What is wrong with the line, as a sentence; null where it was added, or left out with a note. */
  readonly add: (line: TapeFileLine, number: number) => string | null;
  readonly tape: () => Tape;
};

const MOST = { turns: 10_000, events: 100_000, steps: 1_000, attempts: 5_000 } as const;

type OpenAttempt = {
  readonly facts: Omit<AttemptRecord, "chunks" | "head" | "droppedBytes" | "end">;
  readonly chunks: { readonly at: number; readonly bytes: Uint8Array<ArrayBuffer>[] }[];
  head: ResponseHead | null;
  /** Vitrine's own frames stand among its bytes: the head is in them. */
  isFramed: boolean;
  droppedBytes: number;
  end: RecordedEnd | null;
};

type OpenTurn = Omit<TapeTurn, "events" | "records"> & {
  readonly events: TimedEvent[];
  readonly attempts: Map<string, OpenAttempt>;
  last: OpenAttempt | null;
  steps: number;
};

/** Opens a tape behind its header. */
export function openTapeBuilder(header: z.infer<typeof headerSchema>, notes: TapeNotes): TapeBuilder {
  const { lanes, speeches } = header;
  const turns = new Map<string, OpenTurn>();
  const current = new Map<number, OpenTurn>();
  const images: TapeImage[] = [];
  const markers: TapeMarker[] = [];

  const laneOf = (lane: Json): number | null =>
    typeof lane === "number" && Number.isInteger(lane) && lane >= 0 && lane < lanes.length ? lane : null;

  const addTurn = ({ us, data }: TapeFileLine, lane: number, number: number): string | null => {
    const id = isObject(data) ? data["id"] : undefined;
    const known = typeof id === "string" ? turns.get(id) : undefined;
    if (known) {
      if (known.lane !== lane) return "its turn began in another lane.";
      current.set(lane, known);
      return null;
    }
    const read = z.safeParse(turnSchema, data);
    if (!read.success) return describeIssue(read.error);
    if (turns.size >= MOST.turns) return `a tape has at most ${MOST.turns} turns.`;
    if (isObject(data)) for (const note of unknownFields(data, turnSchema.shape)) notes.add(note, number);
    const { parent, setup, ...own } = read.data;
    const isKnown = parent === null || turns.get(parent)?.lane === lane;
    if (!isKnown) notes.add("the turn before this one is not on the tape.", number);
    const plain = lanes[lane]?.setup;
    const used = setup ?? plain;
    if (used === undefined) return "its lane has no settings.";
    const turn: OpenTurn = {
      ...own,
      lane,
      parentId: isKnown ? parent : null,
      setup: used,
      startUs: us,
      events: [],
      attempts: new Map(),
      last: null,
      steps: 0,
    };
    turns.set(own.id, turn);
    current.set(lane, turn);
    return null;
  };

  const add = (line: TapeFileLine, number: number): string | null => {
    const { us, kind, data } = line;
    if (kind === "image") return addImage(data);
    if (kind === "marker") {
      const lane = line.lane === null ? null : laneOf(line.lane);
      if (lane === null && line.lane !== null) return wrongLane(lanes.length);
      const text = z.safeParse(DATA.marker, data);
      if (!text.success) return "its text cannot be read.";
      markers.push({ us, lane, text: text.data });
      return null;
    }
    if (!KINDS.has(kind)) {
      notes.add(`"${kind.slice(0, 60)}" is a kind of line that is not known. It was left out.`, number);
      return null;
    }
    const lane = laneOf(line.lane);
    if (lane === null) return wrongLane(lanes.length);
    if (kind === "turn") return addTurn(line, lane, number);
    const turn = current.get(lane);
    if (turn === undefined) return "it stands before the first turn of its lane.";
    const own = isObject(data) ? data["at"] : undefined;
    const moment = own === undefined ? us : z.safeParse(usSchema, own).data;
    if (moment === undefined) return "the time in its data is not a whole number of microseconds.";
    const at = (moment - turn.startUs) / 1000;
    if (kind === "run" || kind === "tool") return addEvent(turn, { at, data, number }, notes);
    if (kind === "request") return addRequest(turn, data, speeches, { number, notes });
    if (kind === "missing") return addMissing(turn, data);
    if (turn.last === null) return "it stands before the first request of its turn.";
    return addToAttempt(turn.last, { kind, at, data });
  };

  const addImage = (data: Json): string | null => {
    const read = z.safeParse(DATA.image, data);
    if (!read.success) return describeIssue(read.error);
    const bytes = fromBase64(read.data.base64);
    if (bytes === null) return "its image is not base64.";
    images.push({ id: read.data.id, bytes });
    return null;
  };

  return {
    add,
    tape: () => ({
      startedAt: header.startedAt,
      name: header.name,
      source: header.source,
      ...(header.writtenBy === undefined ? {} : { writtenBy: header.writtenBy }),
      lanes,
      tools: header.tools,
      turns: Array.from(turns.values(), closeTurn),
      images,
      markers,
    }),
  };
}

const KINDS: ReadonlySet<string> = new Set([
  "turn",
  "run",
  "tool",
  "request",
  "head",
  "frame",
  "bytes",
  "overwritten",
  "missing",
  "end",
]);

function wrongLane(lanes: number): string {
  return `its lane is not one of the header's, which are 0 to ${lanes - 1}.`;
}

function addEvent(
  turn: OpenTurn,
  line: { readonly at: number; readonly data: Json; readonly number: number },
  notes: TapeNotes,
): string | null {
  const { at, data, number } = line;
  if (turn.events.length >= MOST.events) return `a turn has at most ${MOST.events} events.`;
  const read = z.safeParse(runEventSchema, { at, event: data });
  if (!read.success) {
    const [issue] = read.error.issues;
    const type = isObject(data) ? data["type"] : undefined;
    if (issue?.code !== "invalid_union" || issue.path.join(".") !== "event.type" || typeof type !== "string")
      return describeIssue(read.error);
    notes.add(`"${type.slice(0, 60)}" is an event that is not known. It was left out.`, number);
    return null;
  }
  if (read.data.event.type === "step-start") turn.steps += 1;
  if (turn.steps > MOST.steps) return `a turn has at most ${MOST.steps} steps.`;
  turn.events.push(read.data);
  return null;
}

function addRequest(
  turn: OpenTurn,
  data: Json,
  speeches: readonly Speech[],
  { number, notes }: { readonly number: number; readonly notes: TapeNotes },
): string | null {
  const read = z.safeParse(requestSchema, data);
  if (!read.success) return describeIssue(read.error);
  if (isObject(data)) for (const note of unknownFields(data, requestSchema.shape)) notes.add(note, number);
  const { step: stepId, attempt, url, body: request, thinkTags, streamed: isStreamed } = read.data;
  const speech = read.data.speech === null ? null : speeches[read.data.speech];
  if (speech === undefined) return "its dialect is not among those of the header.";
  const key = recordKey({ stepId, attempt });
  if (turn.attempts.has(key)) return "this attempt was sent before.";
  if (turn.attempts.size >= MOST.attempts) return `a turn has at most ${MOST.attempts} requests.`;
  turn.last = {
    facts: { stepId, attempt, url, request, speech, thinkTags, isStreamed },
    chunks: [],
    head: null,
    isFramed: false,
    droppedBytes: 0,
    end: null,
  };
  turn.attempts.set(key, turn.last);
  return null;
}

function addMissing(turn: OpenTurn, data: Json): string | null {
  const read = z.safeParse(DATA.missing, data);
  if (!read.success) return describeIssue(read.error);
  if (read.data.what !== "bytes") return null;
  if (turn.last === null) return "it stands before the first request of its turn.";
  turn.last.droppedBytes += read.data.bytes ?? 0;
  return null;
}

function addToAttempt(
  attempt: OpenAttempt,
  { kind, at, data }: { readonly kind: string; readonly at: number; readonly data: Json },
): string | null {
  switch (kind) {
    case "bytes":
    case "frame":
      return addBytes(attempt, { at, data, isFrame: kind === "frame" });
    case "head": {
      const read = z.safeParse(DATA.head, data);
      if (!read.success) return describeIssue(read.error);
      attempt.head ??= read.data;
      return null;
    }
    case "end": {
      if (attempt.end !== null) return "its attempt has ended before.";
      const read = z.safeParse(DATA.end, isObject(data) ? { ...data, at } : data);
      if (!read.success) return describeIssue(read.error);
      attempt.end = read.data;
      return null;
    }
    default:
      // What was overwritten is in the frames already: the line is for those who read the file.
      return null;
  }
}

function addBytes(
  attempt: OpenAttempt,
  { at, data, isFrame }: { readonly at: number; readonly data: Json; readonly isFrame: boolean },
): string | null {
  if (attempt.end !== null) return "it brings bytes after the end of its attempt.";
  const piece = typeof data === "string" ? { text: data } : z.safeParse(DATA.piece, data).data;
  if (piece === undefined) return "its bytes are neither text nor base64.";
  const bytes = readBytes(piece);
  if (bytes === null) return "its bytes are not base64.";
  attempt.isFramed ||= isFrame;
  const isSame = isObject(data) && data["sameRead"] === true;
  const read = isSame ? attempt.chunks.at(-1) : undefined;
  if (read === undefined) attempt.chunks.push({ at, bytes: [bytes] });
  else read.bytes.push(bytes);
  return null;
}

function closeTurn({ attempts, last: _last, steps: _steps, ...turn }: OpenTurn): TapeTurn {
  return { ...turn, records: Array.from(attempts.values(), closeAttempt) };
}

function closeAttempt({ facts, chunks, head, isFramed, droppedBytes, end }: OpenAttempt): AttemptRecord {
  const joined = chunks.map(({ at, bytes }): RecordedChunk => ({ at, bytes: join(bytes) }));
  return { ...facts, head: isFramed ? null : head, chunks: joined, droppedBytes, end };
}

function join(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const bytes of pieces) {
    all.set(bytes, from);
    from += bytes.length;
  }
  return all;
}
