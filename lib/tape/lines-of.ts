/** From a tape to the lines of its file. Pure. */
import { toBase64 } from "@/lib/link/base64";
import type { Speech } from "@/lib/providers/provider";
import type { AttemptRecord } from "@/lib/run/record";
import type { StreamEvent } from "@/lib/stream/turn/event";

import { allowedUrl } from "./allow-list";
import { writeBytes } from "./byte-text";
import { splitReads } from "./split-reads";
import { TAPE_FORMAT, TAPE_VERSION, type Tape, type TapeLane, type TapeLine, type TapeTurn } from "./tape";

/** A line of one turn, before those of all turns are put in one order. `us` never falls within a turn. */
type TurnLine = { readonly us: number; readonly kind: string; readonly data: unknown };

/** The header line of a tape's file. */
export type TapeHead = {
  readonly format: string;
  readonly version: number;
  readonly startedAt: number;
  readonly name: string;
  readonly source: string;
  readonly writtenBy?: string;
  readonly lanes: Tape["lanes"];
  readonly tools: Tape["tools"];
  /** The dialects with the quirks that its answers were read with. Requests name them by their place. */
  readonly speeches: readonly Speech[];
};

/** The header and the lines behind it. The same tape always gives the same lines. */
export function linesOf(tape: Tape): { readonly head: TapeHead; readonly lines: readonly TapeLine[] } {
  const { startedAt, name, source, writtenBy, lanes, tools } = tape;
  const speeches = listSpeeches(tape.turns);
  const head = {
    format: TAPE_FORMAT,
    version: TAPE_VERSION,
    startedAt,
    name,
    source,
    ...(writtenBy === undefined ? {} : { writtenBy }),
    lanes,
    tools,
    speeches,
  };
  const images = tape.images.map(({ id, bytes }): TapeLine => [
    0,
    null,
    "image",
    { id, base64: toBase64(bytes) },
  ]);
  const placed = tape.turns.flatMap((turn) =>
    turnLines(turn, tape, speeches).map((line) => ({ line, turn })),
  );
  const current = new Map<number, string>();
  const lines: TapeLine[] = [];
  const markers = tape.markers.toSorted((one, other) => one.us - other.us);
  const passMarkers = (until: number) => {
    while ((markers[0]?.us ?? Infinity) < until) {
      const marker = markers.shift();
      if (marker) lines.push([marker.us, marker.lane, "marker", marker.text]);
    }
  };
  for (const { line, turn } of placed.toSorted((one, other) => one.line.us - other.line.us)) {
    const { us, kind, data } = line;
    passMarkers(us);
    if (kind !== "turn" && current.get(turn.lane) !== turn.id)
      lines.push([us, turn.lane, "turn", { id: turn.id }]);
    current.set(turn.lane, turn.id);
    lines.push([us, turn.lane, kind, data]);
  }
  passMarkers(Infinity);
  return { head, lines: [...images, ...lines] };
}

function listSpeeches(turns: readonly TapeTurn[]): readonly Speech[] {
  const known = new Map<string, Speech>();
  for (const { records } of turns) {
    for (const { speech } of records) if (speech !== null) known.set(JSON.stringify(speech), speech);
  }
  return [...known.values()];
}

/** The lines of one turn. Where events and an answer run side by side, the earlier line goes first, and of equal ones the answer's. */
function turnLines(turn: TapeTurn, { lanes }: Tape, speeches: readonly Speech[]): readonly TurnLine[] {
  const { startUs } = turn;
  const lines: TurnLine[] = [];
  let last = startUs;
  /** A line whose time lies before that of the line before it keeps its own beside its data. */
  const add = ({ us, kind, data }: TurnLine) => {
    const isLate = us < last;
    const object = typeof data === "string" ? { text: data } : data;
    lines.push({ us: isLate ? last : us, kind, data: isLate ? Object.assign({}, object, { at: us }) : data });
    last = Math.max(last, us);
  };
  let answer: readonly TurnLine[] = [];
  let passed = 0;
  const pass = (until: number) => {
    for (let line = answer[passed]; line !== undefined && line.us <= until; line = answer[passed]) {
      add(line);
      passed += 1;
    }
  };
  const begin = (next: readonly TurnLine[]) => {
    pass(Infinity);
    answer = next;
    passed = 0;
  };
  const rest = new Set(turn.records);
  add({ us: startUs, kind: "turn", data: turnData(turn, lanes[turn.lane]) });
  let step = "";
  let attempt = 0;
  for (const { at, event } of turn.events) {
    const us = microseconds(startUs, at);
    pass(us);
    if (event.type === "step-start") [step, attempt] = [event.stepId, 0];
    if (event.type === "step-start" || event.type === "step-send") pass(Infinity);
    add({ us, kind: kindOf(event), data: event });
    if (event.type !== "step-send") continue;
    attempt += 1;
    const record = turn.records.find((each) => each.stepId === step && each.attempt === attempt);
    if (record) rest.delete(record);
    begin(
      record
        ? answerLines(record, { sentUs: us, startUs, speeches })
        : [{ us, kind: "missing", data: { what: "attempt", step, attempt } }],
    );
  }
  for (const record of rest) begin(answerLines(record, { sentUs: startUs, startUs, speeches }));
  pass(Infinity);
  if (turn.events.length === 0) add({ us: last, kind: "missing", data: { what: "events" } });
  return lines;
}

function turnData(turn: TapeTurn, lane: TapeLane | undefined): object {
  const { id, parentId, promptId, prompt, images, setup, notes, sharedServer } = turn;
  const isLanes = JSON.stringify(setup) === JSON.stringify(lane?.setup);
  return {
    id,
    parent: parentId,
    promptId,
    prompt,
    ...(images.length === 0 ? {} : { images }),
    ...(isLanes ? {} : { setup }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(sharedServer ? { sharedServer } : {}),
  };
}

function kindOf({ type }: StreamEvent): "run" | "tool" {
  return type.startsWith("tool-") || type === "call-edit" ? "tool" : "run";
}

type Placed = { readonly sentUs: number; readonly startUs: number; readonly speeches: readonly Speech[] };

/** The lines of one attempt: its request, the head, every read and the end, or what is missing of them. */
function answerLines(record: AttemptRecord, { sentUs, startUs, speeches }: Placed): readonly TurnLine[] {
  const { stepId: step, attempt, url, request, speech, thinkTags, isStreamed, chunks, end } = record;
  const known = speech === null ? "" : JSON.stringify(speech);
  const place = speeches.findIndex((each) => JSON.stringify(each) === known);
  const lines: TurnLine[] = [
    {
      us: sentUs,
      kind: "request",
      data: {
        step,
        attempt,
        method: "POST",
        url: allowedUrl(url),
        body: request,
        speech: speech === null ? null : place,
        thinkTags,
        streamed: isStreamed,
      },
    },
  ];
  const split = splitReads(
    chunks.map(({ bytes }) => bytes),
    record.head === null,
  );
  const times = chunks.map(({ at }) => microseconds(startUs, at));
  if (record.head !== null)
    lines.push({ us: times[0] ?? endUs(record, startUs) ?? sentUs, kind: "head", data: record.head });
  const marks = split.overwritten;
  for (const [read, pieces] of split.reads.entries()) {
    const us = times[read] ?? sentUs;
    let isFirst = true;
    for (const { from, bytes } of pieces) {
      for (const piece of writeBytes(bytes)) {
        const data =
          isFirst && "text" in piece ? piece.text : { ...piece, ...(isFirst ? {} : { sameRead: true }) };
        lines.push({ us, kind: from === "frame" ? "frame" : "bytes", data });
        isFirst = false;
      }
    }
    if (split.head?.read === read) lines.push({ us, kind: "head", data: split.head.head });
  }
  const lastUs = times.at(-1) ?? sentUs;
  if (marks.length > 0) lines.push({ us: lastUs, kind: "overwritten", data: marks });
  if (record.droppedBytes > 0)
    lines.push({ us: lastUs, kind: "missing", data: { what: "bytes", bytes: record.droppedBytes } });
  if (end === null) lines.push({ us: lastUs, kind: "missing", data: { what: "end" } });
  else {
    const { at: _at, ...how } = end;
    lines.push({ us: endUs(record, startUs) ?? lastUs, kind: "end", data: how });
  }
  return lines;
}

function endUs({ end }: AttemptRecord, startUs: number): number | null {
  return end === null ? null : microseconds(startUs, end.at);
}

/** ms since a turn began as whole µs since the tape's start. */
function microseconds(startUs: number, at: number): number {
  return Math.max(0, startUs + Math.round(at * 1000));
}
