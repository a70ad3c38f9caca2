/** From a tape to the exchanges of other formats: what went over HTTP, and nothing else. Pure. */
import { toBase64 } from "@/lib/link/base64";
import { withImageBytes } from "@/lib/run/image-reference";
import { type AttemptRecord, incompleteFrom, recordKey } from "@/lib/run/record";
import type { ResponseHead, RunError } from "@/lib/stream/turn/event";

import { allowedUrl } from "./allow-list";
import type { Exchange, ExchangeEnd, HeaderLine } from "./exchange";
import { splitReads } from "./split-reads";
import { knownDate, type Tape, type TapeTurn } from "./tape";

export type TapeExchanges = {
  /** One for each attempt, in the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  /** What is not in them, as sentences. */
  readonly notes: readonly string[];
};

/** The HTTP exchanges of a tape, with the server's own bytes. */
export function exchangesOf(tape: Tape): TapeExchanges {
  const images = new Map(tape.images.map(({ id, bytes }) => [id, toBase64(bytes)]));
  const sent = tape.turns
    .flatMap((turn) => {
      const times = sentTimes(turn);
      const untimed = untimedSteps(turn);
      return turn.records.map((record) => ({
        record,
        isTimed: !untimed.has(record.stepId),
        sentUs: turn.startUs + Math.round((times.get(recordKey(record)) ?? 0) * 1000),
        startUs: turn.startUs,
      }));
    })
    .toSorted((one, other) => one.sentUs - other.sentUs);
  return {
    exchanges: sent.map(({ record, ...own }) => exchangeOf(record, { ...own, tape, images })),
    notes: notesOf(tape),
  };
}

function notesOf({ lanes, turns, markers }: Tape): readonly string[] {
  const records = turns.flatMap((turn) => turn.records);
  const hasTools = turns.some(({ events }) => events.some(({ event }) => event.type.startsWith("tool-")));
  const unanswered = records.filter((record) => record.chunks.length === 0 && record.head === null).length;
  return [
    "Only requests and answers are kept: prompts, settings and waits stay on the tape.",
    ...(lanes.length > 1
      ? [`The exchanges of ${lanes.length} lanes stand in one list, by the time they were sent.`]
      : []),
    ...(hasTools ? ["Runs of tools and their results are in the next request only."] : []),
    ...(markers.length > 0 ? ["Markers are left out."] : []),
    ...(unanswered > 0 ? [`${unanswered} of the requests had no answer: their status is 0.`] : []),
    ...(records.some((record) => incompleteFrom(record) !== null) ? ["Some answers are not all there."] : []),
  ];
}

/** When each attempt was sent, in ms since the turn began. */
function sentTimes({ events }: TapeTurn): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  let stepId = "";
  let attempt = 0;
  for (const { at, event } of events) {
    if (event.type === "step-start") [stepId, attempt] = [event.stepId, 0];
    if (event.type === "step-send") times.set(recordKey({ stepId, attempt: (attempt += 1) }), at);
  }
  return times;
}

/** The steps whose times nobody measured. */
function untimedSteps({ events }: TapeTurn): ReadonlySet<string> {
  const untimed = events.flatMap(({ event }) =>
    event.type === "step-start" && event.request.hasMadeTimes === true ? [event.stepId] : [],
  );
  return new Set(untimed);
}

type Around = {
  readonly tape: Tape;
  readonly images: ReadonlyMap<string, string>;
  readonly sentUs: number;
  readonly startUs: number;
  readonly isTimed: boolean;
};

function exchangeOf(record: AttemptRecord, { tape, images, sentUs, startUs, isTimed }: Around): Exchange {
  const split = splitReads(
    record.chunks.map(({ bytes }) => bytes),
    record.head === null,
  );
  const head = record.head ?? split.head?.head ?? null;
  const since = (at: number) => Math.max(0, startUs + Math.round(at * 1000) - sentUs);
  const chunks = split.reads.flatMap((pieces, read) => {
    const us = since(record.chunks[read]?.at ?? 0);
    return pieces.flatMap(({ from, bytes }) =>
      from === "server" && bytes.length > 0 ? [{ us, bytes }] : [],
    );
  });
  return {
    method: "POST",
    url: allowedUrl(record.url),
    requestHeaders: [["content-type", "application/json"]],
    requestBody: withImageBytes(record.request, images),
    startedAt: knownDate(tape.startedAt) === null ? null : tape.startedAt + sentUs / 1000,
    status: head?.status ?? 0,
    statusText: "",
    headers: split.headers.length > 0 ? split.headers : headersOf(head),
    headUs: head === null ? null : Math.round(head.headersMs * 1000),
    chunks,
    timing: isTimed ? "measured" : "missing",
    end: endOf(record, split.error, since),
  };
}

function headersOf(head: ResponseHead | null): readonly HeaderLine[] {
  if (head === null) return [];
  const { contentType, requestId } = head;
  return [
    ...(contentType === "" ? [] : [["content-type", contentType] as const]),
    ...(requestId === null ? [] : [["x-request-id", requestId] as const]),
  ];
}

function endOf(
  { end }: AttemptRecord,
  error: RunError | null,
  since: (at: number) => number,
): ExchangeEnd | null {
  if (end === null) return null;
  const us = since(end.at);
  const broke = end.how === "broken" ? end.error : error;
  if (broke !== null) return { us, how: "broken", message: broke.message };
  return { us, how: end.how === "stopped" ? "stopped" : "closed" };
}
