/** Lines of an event stream into frames, as the wire's own reader dispatches them. */
import { openSse, type SseItem } from "@/lib/stream/wire/sse";
import type { SseFrame } from "@/lib/stream/wire/sse-lines";

import type { FrameForm } from "./frame";

/** A frame before anyone has read it. `event` is null for what is no event. */
export type CutFrame = {
  readonly form: FrameForm;
  readonly text: string;
  readonly bytes: number;
  readonly event: SseFrame | null;
  /** Vitrine wrote it, not the server. */
  readonly isOwn: boolean;
  /** It is known to say that something failed before its dialect has read it. */
  readonly isError: boolean;
};

/** A line without its end, and its bytes as received. */
type Line = { readonly text: string; readonly bytes: number };

export type StreamCutter = {
  /** One line as received, with or without its end. Gives the frames that it completes. */
  readonly push: (line: Uint8Array) => readonly CutFrame[];
  readonly end: () => readonly CutFrame[];
};

const BOM = "\uFEFF";
const LF = 10;
const CR = 13;

/** Every byte goes into exactly one frame. `isRelayed`: the relay may write between the server's frames. Never throws. */
export function openStreamCutter(isRelayed: boolean): StreamCutter {
  const sse = openSse();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let open: Line[] = [];
  let isFirst = true;

  const takeOpen = (): readonly Line[] => {
    const lines = open;
    open = [];
    return lines;
  };
  const close = (items: readonly SseItem[]): readonly CutFrame[] => {
    const events = items.flatMap((item) => (item.kind === "frame" ? [item.frame] : []));
    // It went past a limit: nothing is read from here on.
    const isError = items.some(({ kind }) => kind === "limit");
    // Blank lines lead what comes next.
    if (events.length === 0 && !isError && open.every(isBlank)) return [];
    return share(takeOpen(), events, isError).map((frame) => (isRelayed ? asOwn(frame) : frame));
  };
  return {
    push: (bytes) => {
      const text = decoder.decode(bytes).replace(/\r?\n$|\r$/u, "");
      const line = { text, bytes: bytes.length };
      const items = sse.push(withLf(bytes));
      const field = fieldOf(isFirst && text.startsWith(BOM) ? text.slice(1) : text);
      isFirst = false;
      switch (field) {
        case "end":
          open.push(line);
          return close(items);
        case "comment":
          return [{ ...single(line, "comment", null), isOwn: isRelayed && isOwnComment(line) }];
        case "error":
        case "unknown": {
          const [event = null] = items.flatMap((item) => (item.kind === "frame" ? [item.frame] : []));
          return [single(line, event === null ? "line" : "event", event)];
        }
        case "data":
        case "event":
        case "known": {
          // A document that is whole by itself is dispatched by the line after it.
          const closed = items.some(({ kind }) => kind === "frame" || kind === "limit") ? close(items) : [];
          open.push(line);
          return closed;
        }
      }
    },
    end: () => {
      const items = sse.end();
      if (open.length === 0) return [];
      if (items.some(({ kind }) => kind === "cut")) return [{ ...asLines(takeOpen(), false), form: "cut" }];
      return open.every(isBlank) ? [asLines(takeOpen(), false)] : close(items);
    },
  };
}

/** The relay closes a stream that failed with a frame of this name. */
function asOwn(frame: CutFrame): CutFrame {
  return frame.event?.event === "relay-error" ? { ...frame, isOwn: true, isError: true } : frame;
}

/** The relay's comments begin with its name. */
function isOwnComment({ text }: Line): boolean {
  return text.slice(1).trimStart().startsWith("vitrine ");
}

function isBlank({ text }: Line): boolean {
  return text === "";
}

function single(line: Line, form: FrameForm, event: SseFrame | null): CutFrame {
  return { form, ...line, event, isOwn: false, isError: false };
}

/** The lines of a block to the events that it gave. */
function share(lines: readonly Line[], events: readonly SseFrame[], isError: boolean): readonly CutFrame[] {
  if (events.length === 0) return lines.length === 0 ? [] : [asLines(lines, isError)];
  const frames: CutFrame[] = [];
  let from = 0;
  for (const [index, event] of events.entries()) {
    const isLast = index === events.length - 1;
    const to = isLast ? lines.length : endOfData(lines, from, event.data.split("\n").length);
    frames.push({ ...asLines(lines.slice(from, to), isLast && isError), form: "event", event });
    from = to;
  }
  return frames;
}

/** Behind this many `data` lines. */
function endOfData(lines: readonly Line[], from: number, count: number): number {
  let left = count;
  let at = from;
  while (at < lines.length && left > 0) {
    if (fieldOf(lines[at]?.text ?? "") === "data") left -= 1;
    at += 1;
  }
  return at;
}

function asLines(lines: readonly Line[], isError: boolean): CutFrame {
  const text = lines
    .map((line) => line.text)
    .join("\n")
    .replaceAll(/^\n+|\n+$/gu, "");
  const bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
  return { form: "line", text, bytes, event: null, isOwn: false, isError };
}

type Field = "end" | "comment" | "data" | "event" | "error" | "known" | "unknown";

function fieldOf(line: string): Field {
  if (line === "") return "end";
  const colon = line.indexOf(":");
  if (colon === 0) return "comment";
  const name = colon === -1 ? line : line.slice(0, colon);
  if (name === "data" || name === "event" || name === "error") return name;
  return name === "id" || name === "retry" ? "known" : "unknown";
}

/** The line with LF at its end, whatever ends it: its reader would hold a CR, or no end, until more comes. */
export function withLf(line: Uint8Array): Uint8Array {
  let end = line.length;
  if (line[end - 1] === LF) end -= 1;
  if (line[end - 1] === CR) end -= 1;
  if (end === line.length - 1 && line[end] === LF) return line;
  const ended = new Uint8Array(end + 1);
  ended.set(line.subarray(0, end));
  ended[end] = LF;
  return ended;
}
