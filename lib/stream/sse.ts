import { createParser, type EventSourceMessage, type ParseError } from "eventsource-parser";

import type { RunError } from "./event";

/** One event of a server-sent stream. `event` is null where the server named none. */
export type SseFrame = { readonly event: string | null; readonly data: string };

export type SseItem =
  | { readonly kind: "frame"; readonly frame: SseFrame }
  /** A comment line: proof of life and nothing else. */
  | { readonly kind: "comment"; readonly text: string }
  /** Bytes that were not valid UTF-8 became U+FFFD. Told once. */
  | { readonly kind: "invalid-utf8" }
  /** A cap was passed: nothing is read after it. */
  | { readonly kind: "limit"; readonly error: RunError };

/** Reads one stream. Never throws. */
export type SseReader = {
  readonly push: (bytes: Uint8Array) => readonly SseItem[];
  /** No more bytes: reads a last line that ends in a bare CR. An event without its blank line is dropped. */
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
  const decoder = new TextDecoder();
  let items: SseItem[] = [];
  let closed = false;
  let bytesRead = 0;
  let framesRead = 0;
  let saidInvalid = false;
  let holdsCr = false;

  const refuse = (cap: string): void => {
    if (closed) return;
    closed = true;
    items.push({ kind: "limit", error: limitError(cap) });
  };
  const addFrame = (event: string | null, data: string): void => {
    if (closed) return;
    framesRead += 1;
    if (data.length > limits.eventChars) refuse(eventCap(limits));
    else if (framesRead > limits.events) refuse(`${String(limits.events)} events`);
    else items.push({ kind: "frame", frame: { event, data } });
  };
  const parser = createParser({
    maxBufferSize: limits.eventChars,
    onEvent: (message: EventSourceMessage) => addFrame(message.event ?? null, message.data),
    onComment: (text) => items.push({ kind: "comment", text: text.trim() }),
    onError: (error: ParseError) => {
      if (error.type === "max-buffer-size-exceeded") refuse(eventCap(limits));
      // llama.cpp of 2025 wrote its failures as a field of its own: `error: {…}`.
      else if (error.field === "error") addFrame("error", error.value ?? "");
    },
  });
  const feed = (text: string): void => {
    if (text === "") return;
    if (!saidInvalid && text.includes("\uFFFD")) {
      saidInvalid = true;
      items.push({ kind: "invalid-utf8" });
    }
    // A CR at the end of a read is held: an LF may follow it, and the parser would wait with the whole line.
    const whole = holdsCr ? `\r${text}` : text;
    holdsCr = whole.endsWith("\r");
    const ready = holdsCr ? whole.slice(0, -1) : whole;
    if (ready !== "") parser.feed(ready);
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
      if (bytesRead > limits.streamBytes) refuse(`${String(limits.streamBytes / MB)} MB a stream`);
      else feed(decoder.decode(bytes, { stream: true }));
      return take();
    },
    end: () => {
      if (closed) return [];
      feed(decoder.decode());
      if (holdsCr && !closed) parser.feed("\r\n");
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
    message: `The reply passed Vitrine's limit of ${cap} and was cut there. What came before is kept.`,
    retryable: false,
  };
}

function eventCap(limits: SseLimits): string {
  return `${String(limits.eventChars / MB)} MB an event`;
}
