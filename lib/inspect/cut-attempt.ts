/** The bytes of one attempt into frames: what Vitrine's relay wrote around them, then the server's stream or body. */
import type { ResponseHead } from "@/lib/stream/turn/event";
import { readRelayHead } from "@/lib/stream/wire/relay-frames";
import { openSniffer } from "@/lib/stream/wire/sniff-body";
import { splitRelayError } from "@/lib/stream/wire/whole-body";

import { type CutFrame, openStreamCutter, withLf } from "./cut-stream";
import { joinBytes, openLineSplitter } from "./split-lines";

/** Bytes that a reader of answers takes next, and the frames that end with them. */
export type Cut = {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly frames: readonly CutFrame[];
};

export type AttemptCutter = {
  /** One read. */
  readonly push: (bytes: Uint8Array, at: number) => readonly Cut[];
  /** What was held back for want of more. */
  readonly end: (at: number) => readonly Cut[];
};

const LF = 10;

/** `head`: null where the relay's own frames bring it. Every byte goes into exactly one frame. Never throws. */
export function openAttemptCutter(head: ResponseHead | null): AttemptCutter {
  const isRelayed = head === null;
  const prelude = openPreludeCutter();
  let body = isRelayed ? null : openBodyCutter(head.contentType, false);

  const push = (bytes: Uint8Array, at: number): readonly Cut[] => {
    if (bytes.length === 0) return [];
    if (body !== null) return body.push(bytes, at);
    const end = bytes.indexOf(LF) + 1;
    if (end === 0) {
      prelude.hold(bytes);
      return [];
    }
    const cut = prelude.line(bytes.subarray(0, end), at);
    if (cut.contentType !== null) body = openBodyCutter(cut.contentType, true);
    return [cut.cut, ...push(bytes.subarray(end), at)];
  };
  return { push, end: (at) => body?.end(at) ?? prelude.end(at) };
}

/** What the relay writes before the server's first byte: comments, each a frame, then its head or its error. */
function openPreludeCutter() {
  const decoder = new TextDecoder();
  let held: Uint8Array[] = [];
  let texts: string[] = [];
  let size = 0;

  const close = (form: CutFrame["form"]): readonly CutFrame[] => {
    const frame = { form, text: texts.join("\n"), bytes: size, event: null, isOwn: true };
    const isError = texts.includes("event: relay-error");
    texts = [];
    size = 0;
    return [{ ...frame, isError }];
  };
  const readLine = (end: Uint8Array): { readonly bytes: Uint8Array; readonly text: string } => {
    const bytes = joinBytes([...held, end]);
    held = [];
    size += bytes.length;
    return { bytes, text: decoder.decode(bytes).trimEnd() };
  };
  return {
    hold: (bytes: Uint8Array): void => void held.push(bytes),
    line: (end: Uint8Array, at: number): { readonly cut: Cut; readonly contentType: string | null } => {
      const { bytes, text } = readLine(end);
      const isComment = text.startsWith(":") && texts.length === 0;
      if (text !== "") texts.push(text);
      if (!isComment && (text !== "" || texts.length === 0))
        return { cut: { at, bytes, frames: [] }, contentType: null };
      const contentType = texts.includes("event: relay-head") ? typeOf(texts) : null;
      return { cut: { at, bytes, frames: close(isComment ? "comment" : "event") }, contentType };
    },
    end: (at: number): readonly Cut[] => {
      const { bytes, text } = readLine(new Uint8Array(0));
      if (text !== "") texts.push(text);
      return size === 0 ? [] : [{ at, bytes, frames: close("cut") }];
    },
  };
}

/** The content type that the relay's head names; null where it is not one. */
function typeOf(lines: readonly string[]): string | null {
  const data = lines.find((line) => line.startsWith("data: ")) ?? "";
  return readRelayHead(data.slice("data: ".length))?.contentType ?? null;
}

/** The server's own bytes: frames of a stream, or the reads of anything else. */
function openBodyCutter(contentType: string, isRelayed: boolean): AttemptCutter {
  const sniffer = openSniffer(contentType);
  let held: { readonly bytes: Uint8Array; readonly at: number }[] = [];
  let body: AttemptCutter | null = null;

  const open = (kind: "sse" | "other"): readonly Cut[] => {
    const opened = kind === "sse" ? streamCutter(isRelayed) : pieceCutter(isRelayed);
    body = opened;
    return held.splice(0).flatMap(({ bytes, at }) => opened.push(bytes, at));
  };
  return {
    push: (bytes, at) => {
      if (body !== null) return body.push(bytes, at);
      held.push({ bytes, at });
      const kind = sniffer.push(bytes);
      return kind === null ? [] : open(kind === "sse" ? "sse" : "other");
    },
    end: (at) => [...(body === null ? open("other") : []), ...(body?.end(at) ?? [])],
  };
}

function streamCutter(isRelayed: boolean): AttemptCutter {
  const lines = openLineSplitter();
  const cutter = openStreamCutter(isRelayed);
  const read = (line: Uint8Array, at: number): Cut => ({
    at,
    bytes: withLf(line),
    frames: cutter.push(line),
  });
  return {
    push: (bytes, at) => lines.push(bytes).map((line) => read(line, at)),
    end: (at) => {
      const rest = lines.end();
      const last = rest === null ? [] : [read(rest, at)];
      return [...last, { at, bytes: new Uint8Array(0), frames: cutter.end() }];
    },
  };
}

function pieceCutter(isRelayed: boolean): AttemptCutter {
  const decoder = new TextDecoder();
  return {
    push: (bytes, at) => {
      const text = decoder.decode(bytes, { stream: true });
      const { body } = isRelayed ? splitRelayError(text) : { body: text };
      const size = body === text ? bytes.length : new TextEncoder().encode(body).length;
      const piece = {
        form: "piece",
        text: body,
        bytes: size,
        event: null,
        isOwn: false,
        isError: false,
      } as const;
      const own = {
        form: "event",
        text: text.slice(body.length).trim(),
        bytes: bytes.length - size,
      } as const;
      return [
        {
          at,
          bytes,
          frames: [
            ...(body === "" ? [] : [piece]),
            ...(body === text ? [] : [{ ...own, event: null, isOwn: true, isError: true }]),
          ],
        },
      ];
    },
    end: () => [],
  };
}
