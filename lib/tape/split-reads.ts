/** Tells Vitrine's own frames from the server's bytes in what was recorded of an attempt. Pure. */
import type { ResponseHead, RunError } from "@/lib/stream/turn/event";
import {
  type ByteRange,
  readOverwritten,
  readRelayError,
  readRelayHeaders,
} from "@/lib/stream/wire/relay-frames";
import { openRelayPrelude } from "@/lib/stream/wire/relay-prelude";

import type { HeaderLine } from "./exchange";

export type Piece = {
  /** "frame": written by Vitrine around the server's bytes. */
  readonly from: "frame" | "server";
  readonly bytes: Uint8Array<ArrayBuffer>;
};

export type SplitReads = {
  /** For each read its pieces, which give the read again when they are laid end to end. Never none. */
  readonly reads: readonly (readonly Piece[])[];
  /** What a frame reported: the head, and in which read it was whole. */
  readonly head: { readonly head: ResponseHead; readonly read: number } | null;
  /** The server's headers as far as that frame has them. */
  readonly headers: readonly HeaderLine[];
  /** Bytes of the server's body that were overwritten because they spelled a key, from and up to, counted from 0. */
  readonly overwritten: readonly ByteRange[];
  /** Why the relay closed the answer, where a frame says so. */
  readonly error: RunError | null;
};

const OVERWRITTEN = ": vitrine overwrote ";
/** The end of an event: a mark stands behind one. */
const EVENT_END = /\n\r?\n$/u;
const CLOSING = "\n\nevent: relay-error\ndata: ";

/**
 * The reads of one attempt, cut. `isFramed`: they came from the relay, which begins with comments and the head, marks
 * what it overwrote, and may close with an error.
 */
export function splitReads(reads: readonly Uint8Array<ArrayBuffer>[], isFramed: boolean): SplitReads {
  if (!isFramed)
    return {
      reads: reads.map((bytes) => [{ from: "server", bytes }]),
      head: null,
      headers: [],
      overwritten: [],
      error: null,
    };
  const prelude = readPrelude(reads);
  const { frames, overwritten, error } = framesBehind(reads, prelude.end);
  const all = [[0, prelude.end] as const, ...frames];
  let offset = 0;
  let frame = 0;
  const cut = reads.map((bytes) => {
    const pieces: Piece[] = [];
    let at = 0;
    while (at < bytes.length) {
      while ((all[frame]?.[1] ?? Infinity) <= offset + at) frame += 1;
      const [from, to] = all[frame] ?? [Infinity, Infinity];
      const isFrame = from <= offset + at;
      const end = Math.min(bytes.length, (isFrame ? to : from) - offset);
      pieces.push({ from: isFrame ? "frame" : "server", bytes: bytes.slice(at, end) });
      at = end;
    }
    const isBefore = offset < prelude.end || prelude.end === 0;
    offset += bytes.length;
    return pieces.length > 0
      ? pieces
      : [{ from: isBefore ? ("frame" as const) : ("server" as const), bytes }];
  });
  const headers = prelude.head === null ? [] : headersIn(reads, prelude.end);
  return { reads: cut, head: prelude.head, headers, overwritten, error: prelude.error ?? error };
}

/** How many bytes Vitrine wrote before the server's first one. All of them where no head came. */
function readPrelude(reads: readonly Uint8Array[]): {
  readonly end: number;
  readonly head: SplitReads["head"];
  readonly error: RunError | null;
} {
  const prelude = openRelayPrelude();
  const total = reads.reduce((sum, { length }) => sum + length, 0);
  let end = 0;
  for (const [read, bytes] of reads.entries()) {
    const state = prelude.push(bytes);
    end += bytes.length;
    if (state.state === "head")
      return { end: end - state.rest.length, head: { head: state.head, read }, error: null };
    if (state.state === "error") return { end: total, head: null, error: state.error };
  }
  return { end: total, head: null, error: null };
}

/** Vitrine's frames behind the first: marks of what it overwrote between two events, and the error at the very end. */
function framesBehind(reads: readonly Uint8Array[], bodyStart: number) {
  const text = latin1(reads);
  const frames: ByteRange[] = [];
  const overwritten: ByteRange[] = [];
  let own = 0;
  for (
    let from = text.indexOf(OVERWRITTEN, bodyStart);
    from !== -1;
    from = text.indexOf(OVERWRITTEN, from + 1)
  ) {
    if (!EVENT_END.test(text.slice(Math.max(bodyStart, from - 3), from))) continue;
    const end = text.indexOf("\n\n", from);
    const ranges = end === -1 ? null : readOverwritten(text.slice(from + 2, end));
    if (ranges === null) continue;
    // Counted in the server's own bytes, of which there must be as many, and overwritten.
    if (ranges.some(([, to]) => to > from - bodyStart - own)) continue;
    overwritten.push(...ranges);
    frames.push([from, end + 2]);
    own += end + 2 - from;
  }
  const closing = text.lastIndexOf(CLOSING);
  const isLast = closing >= bodyStart && text.endsWith("\n\n");
  const error = isLast ? readRelayError(textFrom(reads, closing + CLOSING.length).trimEnd()) : null;
  return {
    frames: error === null ? frames : [...frames, [closing, text.length] as const],
    overwritten,
    error,
  };
}

function headersIn(reads: readonly Uint8Array[], end: number): readonly HeaderLine[] {
  const data = /^data: (.*)\n\n$/mu.exec(textFrom(reads, 0, end))?.[1];
  return data === undefined ? [] : readRelayHeaders(data);
}

/** One character for each byte: enough to find what Vitrine wrote. */
function latin1(reads: readonly Uint8Array[]): string {
  const decoder = new TextDecoder("latin1");
  return reads.map((bytes) => decoder.decode(bytes)).join("");
}

/** The text from one byte up to another. */
function textFrom(reads: readonly Uint8Array[], from: number, to = Infinity): string {
  const decoder = new TextDecoder();
  let offset = 0;
  return reads
    .map((bytes) => {
      const piece = bytes.subarray(Math.max(0, from - offset), Math.max(0, to - offset));
      offset += bytes.length;
      return decoder.decode(piece, { stream: true });
    })
    .join("");
}
