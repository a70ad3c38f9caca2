import type { ResponseHead, RunError, StreamEvent } from "@/lib/stream/turn/event";

import type { SseLimits } from "./sse";
import type { SseFrame } from "./sse-lines";

/** The code of a reader's warning that a body held the events of a stream as JSON, with no server-sent event around them. */
export const JSON_EVENTS = "json-events";

/**
 * Reads one answer of a wire format. Never throws: a bad chunk becomes a `warning` or a `step-fail`. After a terminal
 * event it reads no more.
 */
export type DialectReader = {
  readonly read: (frame: SseFrame) => readonly StreamEvent[];
  /** A whole JSON body (`stream: false`, or a server that ignored `stream`). */
  readonly readBody: (body: string) => readonly StreamEvent[];
  /** The bytes ended. Closes open parts and gives the terminal event when none was given. */
  readonly end: () => readonly StreamEvent[];
};

/** The upstream's bytes after its head. After a terminal event nothing but warnings may follow. */
export type WireBody = {
  readonly push: (bytes: Uint8Array) => readonly StreamEvent[];
  /** `error`: why the bytes ended, where they did not end by themselves. */
  readonly end: (error: RunError | null) => readonly StreamEvent[];
};

export type BodyOptions = {
  readonly reader: DialectReader;
  readonly head: ResponseHead;
  /** The relay may close the stream with a frame of its own. */
  readonly isRelayed: boolean;
  /** A stream was asked for, so that another kind of answer is worth a warning. */
  readonly isStreamed: boolean;
  readonly limits: SseLimits;
};
