/** Marks in a stream of events which of its bytes were overwritten. Pure but for its own state. */
import { type ByteRange, writeOverwritten } from "@/lib/stream/wire/relay-frames";

import type { OnOverwrite } from "./redact-bytes";

export type OverwriteMarks = {
  readonly add: OnOverwrite;
  /** These bytes, and behind them a comment where something was overwritten and an event has just ended. */
  readonly behind: (bytes: Uint8Array) => Iterable<Uint8Array>;
};

const LF = 10;
const CR = 13;
/** Bytes that end an event at most: the end of a line, and an empty line. */
const LONGEST_END = 3;
/** Ranges of one comment. */
const MOST = 1_000;
/** Ranges that wait for the end of an event. No honest answer has as many. */
const MOST_WAITING = 10_000;
/** What a body begins with that is no stream of events: nothing may be put into it. */
const NO_STREAM = /^\s*[{[<]/u;

/**
 * Opens the marks of one answer. A comment can stand only between two events, so what is overwritten in an answer that
 * has none is not marked. It comes as early as it can, since nobody reads behind the last event of an answer.
 */
export function openOverwriteMarks(): OverwriteMarks {
  let ranges: ByteRange[] = [];
  /** Where the last of them ends. */
  let last = 0;
  let sent = 0;
  let start = "";
  /** The last bytes that were sent: the end of an event may be cut. */
  let tail: Uint8Array = new Uint8Array(0);

  const pass = (bytes: Uint8Array): Uint8Array => {
    sent += bytes.length;
    tail = Buffer.concat([tail, bytes.subarray(-LONGEST_END)]).subarray(-LONGEST_END);
    return bytes;
  };
  return {
    add: (from, to) => {
      if (ranges.length === MOST_WAITING) return;
      ranges.push([from, to]);
      last = Math.max(last, to);
    },
    *behind(bytes) {
      if (start.trim() === "") start += new TextDecoder().decode(bytes.subarray(0, 64));
      const cut = ranges.length === 0 || NO_STREAM.test(start) ? null : eventEnd(tail, bytes, last - sent);
      if (cut === null) {
        if (bytes.length > 0) yield pass(bytes);
        return;
      }
      if (cut > 0) yield pass(bytes.subarray(0, cut));
      const joined = join(ranges);
      ranges = joined.slice(MOST);
      yield new TextEncoder().encode(`: ${writeOverwritten(joined.slice(0, MOST))}\n\n`);
      if (cut < bytes.length) yield pass(bytes.subarray(cut));
    },
  };
}

/** How many of the next bytes there are up to the end of an event, but at least this many; null where it goes on. */
function eventEnd(tail: Uint8Array, bytes: Uint8Array, least: number): number | null {
  for (let cut = Math.max(0, least); cut <= bytes.length; cut += 1) {
    const before = cut >= LONGEST_END ? bytes : Buffer.concat([tail, bytes]);
    const end = cut >= LONGEST_END ? cut : tail.length + cut;
    if (before[end - 1] !== LF) continue;
    if (before[end - 2] === LF || (before[end - 2] === CR && before[end - 3] === LF)) return cut;
  }
  return null;
}

/** The ranges in their order, those that touch as one. */
function join(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const joined: ByteRange[] = [];
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}
