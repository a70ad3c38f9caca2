import type { RunError, StreamEvent } from "@/lib/stream/turn/event";

import { cutAfterFinish, isFatal } from "./break-off";
import { emptyReply, unreadableStream } from "./empty-reply";
import { readRelayError } from "./relay-frames";
import { declaredKind } from "./sniff-body";
import { openSse, type SseItem } from "./sse";
import type { SseFrame } from "./sse-lines";
import { INVALID_UTF8 } from "./utf8";
import type { BodyOptions, WireBody } from "./wire-body";

/** Frames listed after the end of an answer, and characters of each. */
const MOST_LATE = 3;
const EXCERPT = 200;

/**
 * Server-sent events into the dialect's events.
 *
 * The relay closes a broken stream with `event: relay-error`. Upstream bytes could hold such a frame too;
 * it counts only as the very last one, where the most it can do is to end its own answer with an error,
 * which every upstream can do anyway. Any other `relay-…` frame after the head is dropped.
 */
export function openSseBody({ reader, head, isRelayed, limits }: BodyOptions): WireBody {
  const sse = openSse(limits);
  let events: StreamEvent[] = [];
  let isEnded = false;
  let isFinished = false;
  let sawFrame = false;
  let comments = 0;
  let late = 0;
  let last: SseFrame | null = null;
  let cut: string | null = null;
  /** The first line that is not a field, or the received part of an event that was cut. */
  let unread: string | null = null;

  const emit = (event: StreamEvent): void => {
    if (isEnded && event.type !== "warning") return;
    if (event.type === "finish") isFinished = true;
    isEnded ||= isTerminal(event);
    events.push(event);
  };
  const warn = (code: string, message: string): void => emit({ type: "warning", warning: { code, message } });
  const take = (): readonly StreamEvent[] => {
    const taken = events;
    events = [];
    return taken;
  };
  const readFrame = (frame: SseFrame): void => {
    if (!sawFrame && declaredKind(head.contentType) !== "sse")
      warn("content-type", describeType(head.contentType));
    sawFrame = true;
    if (!isEnded) for (const event of reader.read(frame)) emit(event);
    // Some gateways close every stream with [DONE], also those whose dialect has an end of its own.
    else if (frame.data !== "[DONE]" && late < MOST_LATE) {
      late += 1;
      warn(
        "data-after-end",
        `The server sent more after the end, which is not part of the answer: ${frame.data.slice(0, EXCERPT)}`,
      );
    }
  };
  const readRelayFrame = (frame: SseFrame): void => {
    if (frame.event === "relay-error") last = frame;
    else
      warn(
        "forged-frame",
        `The server sent a frame named ${frame.event ?? ""}, a name reserved for Vitrine. It was left out.`,
      );
  };
  const addFrame = (frame: SseFrame): void => {
    if (last !== null)
      warn(
        "forged-frame",
        "The server sent a frame named relay-error, a name reserved for Vitrine. It was left out.",
      );
    last = null;
    if (isRelayed && frame.event?.startsWith("relay-") === true) readRelayFrame(frame);
    else readFrame(frame);
  };
  const addItem = (item: SseItem): void => {
    if (item.kind === "frame") addFrame(item.frame);
    else if (item.kind === "comment") comments += isRelayed && item.text.startsWith("vitrine ") ? 0 : 1;
    else if (item.kind === "limit") emit({ type: "step-fail", error: item.error });
    else if (item.kind === "invalid-utf8") warn("invalid-utf8", INVALID_UTF8);
    else if (item.kind === "odd-line") noteOddLine(item.line);
    else if (item.kind === "cut") cut = item.data;
  };
  const noteOddLine = (line: string): void => {
    if (unread !== null) return;
    unread = line;
    warn(
      "odd-line",
      `A line of the stream is not a field of an event and was left out: ${line.slice(0, EXCERPT)}`,
    );
  };
  const close = (error: RunError | null): void => {
    if (isEnded) return;
    if (!sawFrame || (error !== null && isFatal(error))) {
      if (sawFrame) for (const event of reader.end()) if (!isTerminal(event)) emit(event);
      const rest = unread ?? cut;
      const reason =
        rest === null ? emptyReply(head.status, comments) : unreadableStream(rest.slice(0, EXCERPT));
      emit({ type: "step-fail", error: error ?? reason });
      return;
    }
    for (const event of reader.end()) {
      if (event.type !== "step-end" || error === null) emit(event);
      else if (!isFinished) emit({ ...event, error });
      else {
        emit(cutAfterFinish(error));
        emit(event);
      }
    }
  };

  return {
    push: (bytes) => {
      for (const item of sse.push(bytes)) addItem(item);
      return take();
    },
    end: (error) => {
      for (const item of sse.end()) addItem(item);
      const cause = error ?? (last && readRelayError(last.data));
      // A broken connection is reported by itself.
      if (cut !== null && cause === null)
        warn("cut-event", `The stream ended inside an event, which was left out: ${cut.slice(0, EXCERPT)}`);
      close(cause);
      return take();
    },
  };
}

function describeType(contentType: string): string {
  return `The server sends a stream but declares ${contentType === "" ? "no content type" : `“${contentType}”`}.`;
}

function isTerminal(event: StreamEvent): boolean {
  return event.type === "step-end" || event.type === "step-fail" || event.type === "step-stop";
}
