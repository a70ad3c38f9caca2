import type { ResponseHead, RunError, StreamEvent } from "@/lib/stream/turn/event";

import type { SseLimits } from "./sse";
import type { SseFrame } from "./sse-lines";

/** What the wire needs of a dialect's reader. See `DialectReader`. */
export type WireReader = {
  readonly read: (frame: SseFrame) => readonly StreamEvent[];
  readonly readBody: (body: string) => readonly StreamEvent[];
  readonly end: () => readonly StreamEvent[];
};

/** The upstream's bytes after its head. After a terminal event nothing but warnings may follow. */
export type WireBody = {
  readonly push: (bytes: Uint8Array) => readonly StreamEvent[];
  /** `error`: why the bytes ended, where they did not end by themselves. */
  readonly end: (error: RunError | null) => readonly StreamEvent[];
};

export type BodyOptions = {
  readonly reader: WireReader;
  readonly head: ResponseHead;
  /** The relay may close the stream with a frame of its own. */
  readonly isRelayed: boolean;
  /** A stream was asked for, so that another kind of answer is worth a warning. */
  readonly isStreamed: boolean;
  readonly limits: SseLimits;
};
