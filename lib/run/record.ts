/** What is kept of one attempt: enough to read its answer again, byte for byte, and to see what was sent. */
import type { Speech, ThinkTagMode } from "@/lib/providers/provider";
import type { ResponseHead } from "@/lib/stream/turn/event";

import type { AnswerEnd } from "./answer";

/** Bytes of one attempt that are kept. */
export const MAX_RECORD_BYTES = 2_000_000;

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
  /** null while it runs, and in a record that is older than this field. */
  readonly end: RecordedEnd | null;
};

/** One read; `at` in ms since the turn began. */
export type RecordedChunk = { readonly at: number; readonly bytes: Uint8Array<ArrayBuffer> };

export type RecordedEnd = AnswerEnd & { readonly at: number };

export type AttemptRecorder = {
  readonly head: (head: ResponseHead | null) => void;
  /** One read as it arrived. */
  readonly push: (bytes: Uint8Array, at: number) => void;
  /** How it ended. The first call counts. */
  readonly end: (at: number, how: AnswerEnd) => void;
  /** The record so far. */
  readonly read: () => AttemptRecord;
};

export type AttemptFacts = Omit<AttemptRecord, "head" | "chunks" | "droppedBytes" | "end">;

/** Keeps the bytes of one attempt up to 2 MB; what is over is counted, not kept. */
export function openAttemptRecorder(facts: AttemptFacts): AttemptRecorder {
  const chunks: RecordedChunk[] = [];
  let head: ResponseHead | null = null;
  let end: RecordedEnd | null = null;
  let kept = 0;
  let droppedBytes = 0;
  return {
    head: (given) => {
      head = given;
    },
    push: (bytes, at) => {
      // A copy: the reader may use its buffer again.
      const room = droppedBytes > 0 ? new Uint8Array(0) : bytes.slice(0, MAX_RECORD_BYTES - kept);
      kept += room.length;
      droppedBytes += bytes.length - room.length;
      if (room.length > 0) chunks.push({ at, bytes: room });
    },
    end: (at, how) => {
      end ??= { ...how, at };
    },
    read: () => ({ ...facts, head, chunks: [...chunks], droppedBytes, end }),
  };
}
