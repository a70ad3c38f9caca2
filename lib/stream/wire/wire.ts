import type { ResponseHead, RunError, StreamEvent, TimedEvent } from "@/lib/stream/turn/event";

import { openEventBounds } from "./bound-events";
import { openBody } from "./open-body";
import { openRelayPrelude } from "./relay-prelude";
import { SSE_LIMITS, type SseLimits } from "./sse";
import type { WireBody, DialectReader } from "./wire-body";

/** One response, from its bytes to the events of one step. Pure but for its own state; never throws. */
export type Wire = {
  /** `at`: when the bytes arrived, in ms since the turn began. Every event of one read has the same time. */
  readonly push: (bytes: Uint8Array, at: number) => readonly TimedEvent[];
  /** The bytes ended; `error` says why where they broke off. Gives a terminal event unless one was given. */
  readonly end: (at: number, error?: RunError) => readonly TimedEvent[];
};

export type WireOptions = {
  readonly reader: DialectReader;
  /**
   * The upstream's head, for bytes that come straight from an upstream (a recording, a `stream: false` answer). Without
   * it the bytes come from the relay, which sends the head itself.
   */
  readonly head?: ResponseHead;
  /** Whether a stream was requested; true by default. */
  readonly isStreamed?: boolean;
  readonly limits?: SseLimits;
};

/**
 * Opens a response. The relay's own begins with comments and one `event: relay-head`, then come the
 * upstream's bytes unchanged, and a failure closes it with `event: relay-error`.
 */
export function openWire(options: WireOptions): Wire {
  const prelude = openRelayPrelude();
  const isRelayed = options.head === undefined;
  const bound = openEventBounds();
  let body: WireBody | null = null;
  let status: number | null = null;
  let isEnded = false;

  const open = (head: ResponseHead): StreamEvent => {
    const { reader, isStreamed = true, limits = SSE_LIMITS } = options;
    status = head.status;
    body = openBody({ reader, head, isRelayed, isStreamed, limits });
    return { type: "response-head", head };
  };
  const begin = (bytes: Uint8Array): readonly StreamEvent[] => {
    if (options.head !== undefined) return [open(options.head), ...readOn(bytes)];
    const state = prelude.push(bytes);
    if (state.state === "waiting") return [];
    if (state.state === "error") return [{ type: "step-fail", error: state.error }];
    return [open(state.head), ...readOn(state.rest)];
  };
  const readOn = (bytes: Uint8Array): readonly StreamEvent[] =>
    body === null || bytes.length === 0 ? [] : body.push(bytes);

  const stamp = (events: readonly StreamEvent[], at: number): readonly TimedEvent[] => {
    const stamped: TimedEvent[] = [];
    for (const raw of events) {
      if (isEnded && raw.type !== "warning") continue;
      const event = bound(raw);
      if (event === null) continue;
      isEnded ||= event.type === "step-end" || event.type === "step-fail";
      stamped.push({ at, event: status === null ? event : withCarrier(event, status) });
    }
    return stamped;
  };
  return {
    push: (bytes, at) => {
      if (body === null) return isEnded ? [] : stamp(begin(bytes), at);
      return stamp(body.push(bytes), at);
    },
    end: (at, error) => {
      const head = body === null && options.head !== undefined ? [open(options.head)] : [];
      const events = body?.end(error ?? null) ?? [{ type: "step-fail", error: error ?? noAnswer() }];
      return stamp([...head, ...events], at);
    },
  };
}

/** Marks an error whose status differs from that of its reply: no HTTP 500 was actually seen. */
function withCarrier(event: StreamEvent, inStatus: number): StreamEvent {
  if ((event.type !== "step-fail" && event.type !== "step-end") || event.error === undefined) return event;
  const { error } = event;
  const differs = error.source === "provider" && error.status !== undefined && error.status !== inStatus;
  return differs ? { ...event, error: { ...error, inStatus } } : event;
}

function noAnswer(): RunError {
  return {
    source: "app",
    code: "NO_ANSWER",
    message: "Vitrine's server closed the connection before the provider answered. Retry.",
    retryable: true,
  };
}
