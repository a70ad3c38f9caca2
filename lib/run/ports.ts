/** What a run needs from its host: the page, the command line, a test. */
import type { ChatRequest } from "@/lib/contract/chat";
import type { QueuedBehind, ResponseHead, RunError, TimedEvent } from "@/lib/stream/turn/event";
import type { Turn } from "@/lib/stream/turn/turn";

export type Clock = {
  /** Monotonic ms from any zero. */
  readonly now: () => number;
  /** epoch ms */
  readonly wall: () => number;
};

/** Time, chance and timers. */
export type Platform = {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** True after `ms`; false as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<boolean>;
  /** Calls `tick` every `ms` until the returned function is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  /** Calls `listener` when the host is seen again or its network comes back, until the returned function is called. */
  readonly onReturn: (listener: (what: "seen" | "online") => void) => () => void;
};

/** Carries one request to its server and the answer's bytes back. Never rejects. */
export type Transport = {
  /** Resolves when bytes can be read, or with why there are none. Aborting `signal` ends the body too. */
  readonly open: (request: AttemptRequest, signal: AbortSignal) => Promise<OpenedAnswer>;
  /** What to report when the body breaks off because of the host's own connection. */
  readonly brokeOff: (cause: unknown) => RunError;
};

export type AttemptRequest = {
  readonly chat: ChatRequest;
  /** A key that a person pasted; null = none is held, and the server's own is used. */
  readonly key: string | null;
};

export type OpenedAnswer =
  | {
      readonly ok: true;
      readonly body: ReadableStream<Uint8Array>;
      /** The upstream's head for bytes that are its own; null = the bytes are framed by the relay, which reports it. */
      readonly head: ResponseHead | null;
    }
  | { readonly ok: false; readonly error: RunError };

/** Takes events: "run" = what the run itself did, "wire" = what was read from an answer's bytes. */
export type Emit = (events: readonly TimedEvent[], from: "run" | "wire") => void;

/** Where the events of a turn go. */
export type TurnSink = {
  readonly emit: Emit;
  /** The turn with every event so far. */
  readonly turn: () => Turn;
};

/** Frees a slot; a second call does nothing. */
export type Release = () => void;

/** Everything that a step waits for before its request leaves. */
export type Queue = {
  /** Resolves to null when the signal aborts first. */
  readonly take: (
    server: string,
    signal: AbortSignal,
    onWait: (behind: QueuedBehind) => void,
  ) => Promise<Release | null>;
};
