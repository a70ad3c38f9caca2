import type { RunError } from "@/lib/stream/turn/event";

import { openSseLines, type SseFrame } from "./sse-lines";
import { openUtf8 } from "./utf8";

export type SseItem =
  | { readonly kind: "frame"; readonly frame: SseFrame }
  /** A comment line: proof of life and nothing else. */
  | { readonly kind: "comment"; readonly text: string }
  /** Bytes that were not valid UTF-8 became U+FFFD. Reported once. */
  | { readonly kind: "invalid-utf8" }
  /** A line that is not a field of an event stream. */
  | { readonly kind: "odd-line"; readonly line: string }
  /** The stream ended inside this event. */
  | { readonly kind: "cut"; readonly data: string }
  /** A cap was passed: nothing is read after it. */
  | { readonly kind: "limit"; readonly error: RunError };

/** Reads one stream. Never throws. */
export type SseReader = {
  readonly push: (bytes: Uint8Array) => readonly SseItem[];
  /** No more bytes: a last event that is whole counts, also without its blank line. */
  readonly end: () => readonly SseItem[];
};

/** `eventChars` counts UTF-16 units, `streamBytes` decoded bytes, `events` dispatched events. */
export type SseLimits = {
  readonly eventChars: number;
  readonly streamBytes: number;
  readonly events: number;
};

const MB = 1024 * 1024;

export const SSE_LIMITS: SseLimits = { eventChars: 16 * MB, streamBytes: 64 * MB, events: 500_000 };

/** Opens a reader: one streaming decoder (a BOM is stripped), LF, CRLF and CR line ends, bounded. */
export function openSse(limits: SseLimits = SSE_LIMITS): SseReader {
  const utf8 = openUtf8();
  let items: SseItem[] = [];
  let closed = false;
  let bytesRead = 0;
  let framesRead = 0;
  let hasReportedInvalid = false;

  const add = (item: SseItem): void => {
    if (!closed) items.push(item);
  };
  const refuse = (cap: string): void => {
    add({ kind: "limit", error: limitError(cap) });
    closed = true;
  };
  const addFrame = (frame: SseFrame): void => {
    framesRead += 1;
    if (framesRead > limits.events) refuse(`${String(limits.events)} events`);
    else add({ kind: "frame", frame });
  };
  const lines = openSseLines(
    {
      frame: addFrame,
      comment: (text) => add({ kind: "comment", text }),
      oddLine: (line) => add({ kind: "odd-line", line }),
      cut: (data) => add({ kind: "cut", data }),
      tooLong: () => refuse(`${String(limits.eventChars / MB)} MB per event`),
    },
    limits.eventChars,
  );
  const feed = (text: string): void => {
    if (!hasReportedInvalid && utf8.isBroken()) {
      hasReportedInvalid = true;
      add({ kind: "invalid-utf8" });
    }
    if (text !== "") lines.push(text);
  };
  const take = (): readonly SseItem[] => {
    const taken = items;
    items = [];
    return taken;
  };

  return {
    push: (bytes) => {
      if (closed) return [];
      bytesRead += bytes.byteLength;
      if (bytesRead > limits.streamBytes) refuse(`${String(limits.streamBytes / MB)} MB per stream`);
      else feed(utf8.push(bytes));
      return take();
    },
    end: () => {
      if (closed) return [];
      feed(utf8.end());
      if (!closed) lines.end();
      closed = true;
      return take();
    },
  };
}

/** The error of a cap that a stream or body passed; `cap` is the cap in words. */
export function limitError(cap: string): RunError {
  return {
    source: "app",
    code: "LIMIT",
    message: `The reply exceeded Vitrine's limit of ${cap} and was cut off there. Everything before it is kept.`,
    retryable: false,
  };
}
