/** What is kept of one attempt: enough to read its answer again, byte for byte, and to see what was sent. */
import type { Speech, ThinkTagMode } from "@/lib/providers/provider";
import type { ResponseHead } from "@/lib/stream/turn/event";

import type { AnswerEnd } from "./answer";

export type RecordLimits = {
  /** Bytes of one attempt that are kept. */
  readonly bytes: number;
  /** Of these, bytes that may wait in memory for a host that stores them. */
  readonly heldBytes: number;
};

/** 64 MB of one attempt, 8 MB of it in memory at once. */
export const RECORD_LIMITS: RecordLimits = { bytes: 64_000_000, heldBytes: 8_000_000 };

export type AttemptRecord = {
  readonly stepId: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Where it was sent, as far as the host knows. */
  readonly url: string;
  /** The body as sent, as JSON text. Images may stand in it as references. */
  readonly request: string;
  /**
   * How its bytes are read: a preset that changes later changes nothing about what is recorded. null in a record
   * that is older than this field.
   */
  readonly speech: Speech | null;
  readonly thinkTags: ThinkTagMode;
  readonly isStreamed: boolean;
  /** The upstream's head where the bytes are its own; null where they are framed by the relay, or none came. */
  readonly head: ResponseHead | null;
  readonly chunks: readonly RecordedChunk[];
  /** Bytes behind those in `chunks` that were not kept. */
  readonly droppedBytes: number;
  /** null while it runs, when its page was left before its end, and in a record that is older than this field. */
  readonly end: RecordedEnd | null;
};

/** One read; `at` in ms since the turn began. */
export type RecordedChunk = { readonly at: number; readonly bytes: Uint8Array<ArrayBuffer> };

export type RecordedEnd = AnswerEnd & { readonly at: number };

/** A record without its bytes. */
export type RecordFacts = Omit<AttemptRecord, "chunks">;

/** Reads of one attempt that are stored together. `index` counts the parts of the attempt from 0. */
export type RecordPart = { readonly index: number; readonly chunks: readonly RecordedChunk[] };

/** A record in the pieces in which it is stored. */
export type RecordPieces = { readonly facts: RecordFacts; readonly parts: readonly RecordPart[] };

export type AttemptRecorder = {
  readonly head: (head: ResponseHead | null) => void;
  /** One read as it arrived. */
  readonly push: (bytes: Uint8Array, at: number) => void;
  /** How it ended. The first call counts. */
  readonly end: (at: number, how: AnswerEnd) => void;
  /** The record so far, with the reads that nobody took. */
  readonly read: () => RecordPieces;
  /** Gives the reads that nobody took to a host that stores them; null where there are none. */
  readonly take: () => RecordPart | null;
  /** Another number after each change, from 0. */
  readonly version: () => number;
  /** Whether nothing more comes. */
  readonly isOver: () => boolean;
};

export type AttemptFacts = Omit<RecordFacts, "head" | "droppedBytes" | "end">;

/** Keeps the bytes of one attempt within limits; from the first byte that is over, bytes are counted, not kept. */
export function openAttemptRecorder(
  facts: AttemptFacts,
  limits: RecordLimits = RECORD_LIMITS,
): AttemptRecorder {
  let held: RecordedChunk[] = [];
  let heldBytes = 0;
  let keptBytes = 0;
  let droppedBytes = 0;
  let index = 0;
  let version = 0;
  let head: ResponseHead | null = null;
  let end: RecordedEnd | null = null;
  return {
    head: (given) => {
      head = given;
      version += 1;
    },
    push: (bytes, at) => {
      version += 1;
      const most = Math.min(limits.bytes - keptBytes, limits.heldBytes - heldBytes);
      // A copy: the reader may use its buffer again.
      const room = droppedBytes > 0 ? new Uint8Array(0) : bytes.slice(0, most);
      keptBytes += room.length;
      heldBytes += room.length;
      droppedBytes += bytes.length - room.length;
      if (room.length > 0) held.push({ at, bytes: room });
    },
    end: (at, how) => {
      end ??= { ...how, at };
      version += 1;
    },
    read: () => ({
      facts: { ...facts, head, droppedBytes, end },
      parts: held.length === 0 ? [] : [{ index, chunks: [...held] }],
    }),
    take: () => {
      if (held.length === 0) return null;
      const part = { index, chunks: held };
      held = [];
      heldBytes = 0;
      index += 1;
      return part;
    },
    version: () => version,
    isOver: () => end !== null,
  };
}

/** A recorder that holds a whole record, and to which nothing more comes. */
export function recorderOf({ chunks, ...facts }: AttemptRecord): AttemptRecorder {
  let parts: readonly RecordPart[] = chunks.length === 0 ? [] : [{ index: 0, chunks }];
  return {
    head: () => undefined,
    push: () => undefined,
    end: () => undefined,
    read: () => ({ facts, parts }),
    take: () => {
      const [part = null] = parts;
      parts = [];
      return part;
    },
    version: () => 0,
    isOver: () => true,
  };
}

/** A record from its pieces. It ends before the first part that is missing: what is behind counts as not kept. */
export function joinRecord({ facts, parts }: RecordPieces): AttemptRecord {
  const byIndex = new Map(parts.map((part) => [part.index, part.chunks]));
  const chunks: RecordedChunk[] = [];
  let index = 0;
  for (let part = byIndex.get(0); part !== undefined; part = byIndex.get(index)) {
    for (const chunk of part) chunks.push(chunk);
    byIndex.delete(index);
    index += 1;
  }
  const behind = [...byIndex.values()].flat();
  return { ...facts, chunks, droppedBytes: facts.droppedBytes + bytesOf(behind) };
}

/**
 * The byte from which a record is incomplete, counted from 0; null for a whole one, and for one that is older than the
 * fields that would show it: it names no dialect.
 */
export function incompleteFrom({ chunks, droppedBytes, end, speech }: AttemptRecord): number | null {
  const isCut = end === null && speech !== null;
  return droppedBytes > 0 || isCut ? bytesOf(chunks) : null;
}

/** Bytes of these reads. */
export function bytesOf(chunks: readonly RecordedChunk[]): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** One for each attempt of each step. */
export function recordKey({ stepId, attempt }: Pick<AttemptRecord, "stepId" | "attempt">): string {
  return `${attempt} ${stepId}`;
}

/** The records of these pieces, one for each attempt. Of two with other facts the later counts. */
export function joinRecords(pieces: readonly RecordPieces[]): readonly AttemptRecord[] {
  const joined = new Map<string, RecordPieces>();
  for (const { facts, parts } of pieces) {
    const key = recordKey(facts);
    joined.set(key, { facts, parts: [...(joined.get(key)?.parts ?? []), ...parts] });
  }
  return Array.from(joined.values(), joinRecord);
}
