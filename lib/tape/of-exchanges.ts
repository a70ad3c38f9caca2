import { NO_RESULT } from "@/lib/providers/dialects/shared/past-calls";
/** From the exchanges of other formats to a tape. What such a format does not know is made up from its requests. Pure. */
import { plainSetup } from "@/lib/providers/plain-setup";
import type { AttemptRecord } from "@/lib/run/record";
import { MAX_RETRIES } from "@/lib/run/retry";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import {
  arrange,
  type ArrangedExchange,
  type ArrangedStep,
  type ArrangedTurn,
} from "./conversations/arrange";
import { toldOf } from "./conversations/follows";
import { openOfferedTools } from "./conversations/offered-tools";
import type { RecordedResult } from "./conversations/request-items";
import type { Exchange } from "./exchange";
import { READ_AS, type ReadExchange, readExchange } from "./read-exchange";
import type { Tape, TapeTurn } from "./tape";

/** µs between two exchanges of which nobody knows when they were sent. */
const BETWEEN_US = 1_000_000;

export type MadeTape = {
  readonly tape: Tape;
  /** What of the run could not be told from its requests, as sentences. */
  readonly notes: readonly string[];
};

/**
 * The run that the exchanges are of, its lanes, turns and steps rebuilt from what the requests hold. `source` is the
 * name of the format they come from. null without exchanges: there is nothing to make a tape of.
 */
export function tapeOfExchanges(exchanges: readonly Exchange[], source: string, name = ""): MadeTape | null {
  const [first] = exchanges;
  if (first === undefined) return null;
  const known = exchanges.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const startedAt = known.reduce((least, at) => Math.min(least, at), known[0] ?? 0);
  const read = exchanges.map(readExchange);
  const sentAt = (exchange: Exchange) =>
    exchange.startedAt === null ? null : Math.round((exchange.startedAt - startedAt) * 1000);
  const {
    lanes,
    turns: arranged,
    notes,
  } = arrange(read.map((each) => arrangedOf(each, sentAt(each.exchange))));
  const starts = startsOf(arranged, read, sentAt);
  const offered = openOfferedTools();
  const turns = arranged.map((turn, index): TapeTurn => {
    const { events, records, used, startUs } = stepsOf(turn, read, starts);
    const setup = used?.setup ?? plainSetup({ provider: READ_AS["chat-completions"], model: "" });
    return {
      id: turnId(index),
      lane: turn.lane,
      parentId: turn.parent === null ? null : turnId(turn.parent),
      promptId: turn.promptId,
      prompt: used?.prompt ?? "",
      images: [],
      setup: { ...setup, tools: offered.of(used?.body ?? null) },
      notes: used?.exchange.timing === "missing" ? [NO_TIMES] : [],
      sharedServer: false,
      startUs,
      events,
      records,
    };
  });
  const ordered = turns.toSorted((one, other) => one.startUs - other.startUs);
  const changed = offered.changed();
  const tape: Tape = {
    startedAt,
    name,
    source,
    lanes: Array.from({ length: lanes }, (_lane, lane) => {
      const own = ordered.filter((turn) => turn.lane === lane);
      const setup = own.at(-1)?.setup ?? plainSetup({ provider: READ_AS["chat-completions"], model: "" });
      const url = own[0]?.records[0]?.url ?? first.url;
      return { label: setup.model === "" ? hostOf(url) : setup.model, setup, leaf: null };
    }),
    tools: offered.all(),
    turns: ordered,
    images: [],
    markers: [],
  };
  return {
    tape,
    notes:
      changed.length === 0
        ? notes
        : [
            ...notes,
            `Tools changed along the way, and are listed as they were first: ${changed.join(", ")}.`,
          ],
  };
}

function turnId(index: number): string {
  return `turn-${index + 1}`;
}

function arrangedOf(read: ReadExchange, sentUs: number | null): ArrangedExchange {
  const { exchange, setup, record, failure, step, durationUs } = read;
  return {
    ...toldOf({ url: record.url, body: exchange.requestBody, step }),
    model: JSON.stringify([setup.endpoint, setup.dialect, setup.model]),
    request: JSON.stringify([record.url, exchange.requestBody]),
    isTriedAgain: failure !== null && (failure.error.retryable || isTransient(exchange.status)),
    during: sentUs === null ? null : [sentUs, sentUs + durationUs],
  };
}

/** A status after which a request is sent again by itself; 0 = no answer. */
function isTransient(status: number): boolean {
  return status === 0 || status === 408 || status === 409 || status === 429 || status >= 500;
}

/** When each exchange was sent, in µs since the first; made up where nobody knows: lanes at once, the rest in order. */
function startsOf(
  turns: readonly ArrangedTurn[],
  read: readonly ReadExchange[],
  sentAt: (exchange: Exchange) => number | null,
): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  const begins: number[] = [];
  const ends: number[] = [];
  const prompts = new Map<string, number>();
  for (const { parent, promptId, steps } of turns) {
    const before = parent === null ? null : (ends[parent] ?? 0);
    const together = before === null ? prompts.get(promptId) : undefined;
    let earliest = before === null ? (together ?? 0) : before + BETWEEN_US;
    // A tape has the turn that another one goes on from first.
    let end = parent === null ? 0 : (begins[parent] ?? 0);
    let begin: number | null = null;
    for (const index of steps.flatMap(({ attempts }) => attempts)) {
      const each = read[index];
      if (each === undefined) continue;
      const sent = sentAt(each.exchange);
      // A step is never sent before the answer that it goes on from.
      const startUs = sent === null ? earliest : Math.max(sent, end);
      starts.set(index, startUs);
      begin ??= startUs;
      if (!prompts.has(promptId)) prompts.set(promptId, startUs);
      end = startUs + each.durationUs;
      earliest = end + BETWEEN_US;
    }
    begins.push(begin ?? end);
    ends.push(end);
  }
  return starts;
}

/** What happened in a turn, with times in ms since it began. */
function stepsOf(
  { steps }: ArrangedTurn,
  read: readonly ReadExchange[],
  starts: ReadonlyMap<number, number>,
) {
  const events: TimedEvent[] = [];
  const records: AttemptRecord[] = [];
  const [firstAttempt = 0] = steps[0]?.attempts ?? [];
  const startUs = starts.get(firstAttempt) ?? 0;
  const since = (index: number) => ((starts.get(index) ?? 0) - startUs) / 1000;
  for (const [number, { attempts, results }] of steps.entries()) {
    const [first = 0] = attempts;
    const last = attempts.at(-1) ?? first;
    const used = read[last];
    if (used === undefined) continue;
    const stepId = `exchange-${first + 1}`;
    events.push({ at: since(first), event: { type: "step-start", stepId, request: used.request } });
    for (const [attempt, index] of attempts.entries()) {
      const each = read[index];
      if (each === undefined) continue;
      const at = since(index);
      events.push({ at, event: { type: "step-send" } });
      records.push({ ...later(each.record, at), stepId, attempt: attempt + 1 });
      if (each.failure === null) continue;
      const { error } = each.failure;
      const failedAt = at + each.failure.at;
      const delayMs = Math.max(0, since(attempts[attempt + 1] ?? index) - failedAt);
      const retry = { type: "retry", attempt: attempt + 1, of: MAX_RETRIES, delayMs, error } as const;
      events.push({ at: failedAt, event: index === last ? { type: "step-fail", error } : retry });
    }
    const next = steps[number + 1]?.attempts[0];
    const answeredAt = next === undefined ? since(last) + used.durationUs / 1000 : since(next);
    events.push(...resultEvents(used.step, { stepId, results, at: answeredAt }));
  }
  return { events, records, used: read[steps[0]?.attempts.at(-1) ?? firstAttempt], startUs };
}

const NO_TIMES =
  "The recording has no times: its answer is replayed evenly, and its speed is not that of the model.";

function later(record: AttemptRecord, by: number): AttemptRecord {
  const { chunks, end } = record;
  return {
    ...record,
    chunks: chunks.map(({ at, bytes }) => ({ at: at + by, bytes })),
    end: end === null ? null : { ...end, at: end.at + by },
  };
}

/** Gives each call of a step its result: by its id, otherwise by its name, otherwise in their order. */
function resultEvents(
  step: Step,
  { stepId, results, at }: Pick<ArrangedStep, "results"> & { readonly stepId: string; readonly at: number },
): readonly TimedEvent[] {
  const left = [...results];
  return step.parts.flatMap((part): readonly TimedEvent[] => {
    if (part.type !== "tool-call") return [];
    const place = placeOf(part, left);
    const [found] = place < 0 ? [] : left.splice(place, 1);
    // Vitrine's own words for a call that nobody answered.
    if (found === undefined || found.output.endsWith(NO_RESULT)) return [];
    const { output, isError } = found;
    const result = { output, isError, origin: { by: "recorded" } } as const;
    return [{ at, event: { type: "tool-result", stepId, id: part.id, result } }];
  });
}

function placeOf({ callId, name }: ToolCallPart, results: readonly RecordedResult[]): number {
  const byId = callId === null ? -1 : results.findIndex((each) => each.callId === callId);
  if (byId >= 0) return byId;
  const byName = results.findIndex((each) => each.name === name);
  return byName >= 0 ? byName : results.length === 0 ? -1 : 0;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "recording";
}
