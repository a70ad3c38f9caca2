/**
 * Reads the bytes of an attempt again, frame by frame, and notes what each frame made of the answer. Pure: the same
 * readers as in a live run, and times come with the bytes.
 */
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { type Answer, type AnswerEnd, openAnswer } from "@/lib/run/answer";
import type { AttemptRecord } from "@/lib/run/record";
import type { StreamEvent, TimedEvent } from "@/lib/stream/turn/event";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

import { type Cut, openAttemptCutter } from "./cut-attempt";
import type { CutFrame } from "./cut-stream";
import type { Frame, FrameForm, FrameKind, WordRange } from "./frame";
import { kindsOf } from "./kind-of-event";
import { openWordRanges } from "./word-ranges";

export type AttemptTrace = {
  /** One read of the record, in order. */
  readonly push: (bytes: Uint8Array, at: number) => void;
  /** How the record ended. Nothing may follow. */
  readonly end: (at: number, how: AnswerEnd) => void;
  /** The frames so far: always the same list, which grows. The last of them may still change. */
  readonly frames: readonly Frame[];
};

/** A frame that may still get words. */
type OpenFrame = {
  readonly at: number;
  readonly form: FrameForm;
  readonly text: string;
  readonly bytes: number;
  kinds: readonly FrameKind[];
  readonly words: WordRange[];
  readonly remarks: string[];
};

/** What a reader made of a frame with this `data`, of a body, or of the end. */
type Reading = {
  readonly of: "frame" | "body" | "end";
  readonly data: string;
  readonly events: readonly StreamEvent[];
};

type TracedFacts = Pick<AttemptRecord, "speech" | "thinkTags" | "head" | "isStreamed">;

/** Opens the trace of an attempt. Where a record does not name its dialect, its frames make no words. */
export function openTrace(facts: TracedFacts): AttemptTrace {
  const frames: OpenFrame[] = [];
  const cutter = openAttemptCutter(facts.head);
  const readings: Reading[] = [];
  const answer = openWatchedAnswer(facts, (reading) => void readings.push(reading));
  const wordsOf = openWordRanges();
  /** What a reader held back comes out with the frame that it reads next, or at the end: then it is the last one's. */
  let lastRead: OpenFrame | null = null;

  /** Hands events to the frames that they came from. What came from no frame goes to the last. */
  const hand = (events: readonly TimedEvent[], fresh: readonly (readonly [CutFrame, OpenFrame])[]): void => {
    const origins = new Map<StreamEvent, OpenFrame>();
    const unread = [...fresh];
    for (const { of, data, events: made } of readings.splice(0)) {
      const frame = of === "frame" ? takeFrame(unread, data) : (lastRead ?? frames.at(-1));
      if (frame === undefined) continue;
      if (of !== "end") frame.kinds = kindsOf(made);
      lastRead = frame;
      for (const event of made) origins.set(event, frame);
    }
    for (const { event } of events) {
      const frame = origins.get(event) ?? frames.at(-1);
      if (frame === undefined) continue;
      if (event.type === "warning") frame.remarks.push(event.warning.message);
      const words = wordsOf(event);
      if (words !== null) addWords(frame.words, words);
    }
  };
  const read = ({ at, bytes, frames: cut }: Cut): void => {
    const fresh = cut.map((frame) => [frame, asFrame(frame, at)] as const);
    for (const [, frame] of fresh) {
      disown(frames.at(-1));
      frames.push(frame);
    }
    hand(bytes.length === 0 ? [] : (answer?.push(bytes, at) ?? []), fresh);
  };
  return {
    push: (bytes, at) => {
      for (const cut of cutter.push(bytes, at)) read(cut);
    },
    end: (at, how) => {
      for (const cut of cutter.end(at)) read(cut);
      const events = answer?.end(at, how) ?? [];
      const isRefused =
        answer?.state().is === "failed" || events.some(({ event }) => event.type === "step-fail");
      hand(events, []);
      const last = frames.at(-1);
      // A reply that no dialect could read: a web page, or nothing but white space.
      if (how.how === "closed" && isRefused && last?.form === "piece") last.kinds = ["error"];
    },
    frames,
  };
}

/** The first frame of these with this `data`. It and those before it are taken. */
function takeFrame(unread: (readonly [CutFrame, OpenFrame])[], data: string): OpenFrame | undefined {
  const at = unread.findIndex(([cut]) => cut.event?.data === data);
  return unread.splice(0, at + 1).at(-1)?.[1];
}

/** The trace of a whole record. */
export function traceAttempt(record: AttemptRecord): readonly Frame[] {
  const trace = openTrace(record);
  for (const { bytes, at } of record.chunks) trace.push(bytes, at);
  if (record.end !== null) trace.end(record.end.at, record.end);
  return trace.frames;
}

/** The same, with a rest after each read for as long as `rest` says; null once `signal` aborts. */
export async function traceInPieces(
  record: AttemptRecord,
  rest: () => Promise<void> | null,
  signal: AbortSignal,
): Promise<readonly Frame[] | null> {
  const trace = openTrace(record);
  for (const { bytes, at } of record.chunks) {
    if (signal.aborted) return null;
    trace.push(bytes, at);
    const pause = rest();
    if (pause !== null) await pause;
  }
  if (record.end !== null) trace.end(record.end.at, record.end);
  return trace.frames;
}

function openWatchedAnswer(facts: TracedFacts, onRead: (reading: Reading) => void): Answer | null {
  const { speech, thinkTags, head, isStreamed } = facts;
  if (speech === null) return null;
  const inner = bindDialect(speech).open(thinkTags);
  const note = (of: Reading["of"], data: string, events: readonly StreamEvent[]): readonly StreamEvent[] => {
    onRead({ of, data, events });
    return events;
  };
  const reader: DialectReader = {
    read: (frame) => note("frame", frame.data, inner.read(frame)),
    readBody: (body) => note("body", "", inner.readBody(body)),
    end: () => note("end", "", inner.end()),
  };
  return openAnswer({ reader, head, isStreamed });
}

function asFrame({ form, text, bytes, isOwn, isError }: CutFrame, at: number): OpenFrame {
  const kinds: readonly FrameKind[] = isOwn
    ? ["own", ...(isError ? ["error" as const] : [])]
    : [isError ? "error" : "other"];
  return { at, form, text, bytes, kinds, words: [], remarks: [] };
}

/** The relay's error closes its stream. One with something behind it is the server's. */
function disown(before: OpenFrame | undefined): void {
  if (before?.kinds[0] === "own" && before.kinds.includes("error")) before.kinds = ["other"];
}

/** Words that follow the last ones make one range with them. */
function addWords(words: WordRange[], added: WordRange): void {
  const last = words.at(-1);
  if (last?.part === added.part && last.to === added.from)
    words[words.length - 1] = { ...last, to: added.to };
  else words.push(added);
}
