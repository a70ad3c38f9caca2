import type { DialectId } from "@/lib/providers/dialect-id";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup, Speech } from "@/lib/providers/provider";
/** From the exchanges of other formats to a tape. What such a format does not know is made up from its requests. Pure. */
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { openAnswer, type AnswerEnd } from "@/lib/run/answer";
import type { AttemptRecord, RecordedEnd } from "@/lib/run/record";
import type { RunError, TimedEvent } from "@/lib/stream/turn/event";
import { declaredKind } from "@/lib/stream/wire/sniff-body";

import { allowedUrl } from "./allow-list";
import type { Exchange } from "./exchange";
import { contentTypeOf, dialectOf } from "./formats/judge-exchange";
import { readRequest } from "./read-request";
import type { Tape, TapeTurn } from "./tape";

/** The provider whose ways an answer of each dialect is read with: the most open one. */
const READ_AS: { readonly [D in DialectId]: string } = {
  "chat-completions": "openai-compatible",
  responses: "openai-compatible",
  anthropic: "anthropic",
  gemini: "gemini",
};

/** µs between two exchanges of which nobody knows when they were sent. */
const BETWEEN_US = 1_000_000;

/**
 * A tape of one lane in which each exchange is a turn of one step, one after another. `source` is the name of the
 * format they come from. Never empty lanes: without exchanges there is nothing to make a tape of, and it is null.
 */
export function tapeOfExchanges(exchanges: readonly Exchange[], source: string, name = ""): Tape | null {
  const [first] = exchanges;
  if (first === undefined) return null;
  const known = exchanges.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  const startedAt = known.reduce((least, at) => Math.min(least, at), known[0] ?? 0);
  const turns: TapeTurn[] = [];
  let nextUs = 0;
  for (const [index, exchange] of exchanges.entries()) {
    const ownUs = exchange.startedAt === null ? nextUs : Math.round((exchange.startedAt - startedAt) * 1000);
    const startUs = Math.max(ownUs, turns.at(-1)?.startUs ?? 0);
    const turn = turnOf(exchange, { index, startUs, parentId: turns.at(-1)?.id ?? null });
    turns.push(turn);
    nextUs = startUs + durationOf(exchange) + BETWEEN_US;
  }
  const setup = turns.at(-1)?.setup ?? plainSetup({ provider: READ_AS["chat-completions"], model: "" });
  const label = setup.model === "" ? hostOf(first.url) : setup.model;
  return {
    startedAt,
    name,
    source,
    lanes: [{ label, setup, leaf: null }],
    tools: [],
    turns,
    images: [],
    markers: [],
  };
}

type Place = { readonly index: number; readonly startUs: number; readonly parentId: string | null };

function turnOf(exchange: Exchange, { index, startUs, parentId }: Place): TapeTurn {
  const url = allowedUrl(exchange.url);
  const dialect = dialectOf(exchange);
  const { base, model, prompt } = readRequest(url, exchange.requestBody);
  const provider = dialect === null ? null : findProvider(READ_AS[dialect]);
  const speech = provider === null ? null : speechOf(provider, dialect);
  const setup: LaneSetup = {
    ...plainSetup({ provider: provider?.id ?? READ_AS["chat-completions"], model }),
    endpoint: base,
    dialect,
  };
  const stepId = `exchange-${index + 1}`;
  const record = recordOf(exchange, { stepId, url, speech });
  const isTimed = exchange.timing !== "missing";
  const request = {
    provider: setup.provider,
    dialect: dialect ?? "",
    model,
    endpoint: base,
    ...(isTimed ? {} : { hasMadeTimes: true as const }),
  };
  const events: readonly TimedEvent[] = [
    { at: 0, event: { type: "step-start", stepId, request } },
    { at: 0, event: { type: "step-send" } },
    ...failureOf(record),
  ];
  const id = `turn-${index + 1}`;
  return {
    id,
    lane: 0,
    parentId,
    promptId: `prompt-${index + 1}`,
    prompt,
    images: [],
    setup,
    notes: isTimed ? [] : [NO_TIMES],
    sharedServer: false,
    startUs,
    events,
    records: [record],
  };
}

const NO_TIMES =
  "The recording has no times: its answer is replayed evenly, and its speed is not that of the model.";

function recordOf(
  exchange: Exchange,
  { stepId, url, speech }: { readonly stepId: string; readonly url: string; readonly speech: Speech | null },
): AttemptRecord {
  const { status, headers, headUs, chunks, requestBody } = exchange;
  const contentType = contentTypeOf(exchange);
  const requestId = headerOf(exchange, "x-request-id") || headerOf(exchange, "request-id");
  const head = {
    status,
    contentType,
    requestId: requestId === "" ? null : requestId,
    connectMs: null,
    headersMs: (headUs ?? 0) / 1000,
  };
  return {
    stepId,
    attempt: 1,
    url,
    request: requestBody,
    speech,
    thinkTags: "auto",
    isStreamed: declaredKind(contentType) === "sse",
    head: status === 0 && headers.length === 0 ? null : head,
    chunks: chunks.map(({ us, bytes }) => ({ at: us / 1000, bytes })),
    droppedBytes: 0,
    end: endOf(exchange),
  };
}

function endOf({ end }: Exchange): RecordedEnd | null {
  if (end === null) return null;
  const at = end.us / 1000;
  if (end.how !== "broken") return { how: end.how, at };
  const message = end.message ?? "The recording ends where its connection broke.";
  return {
    how: "broken",
    at,
    error: { source: "network", code: "CONNECTION_CUT", message, retryable: true },
  };
}

/** What a run reports itself: that the request failed before an answer began. */
function failureOf(record: AttemptRecord): readonly TimedEvent[] {
  const { speech, thinkTags, head, isStreamed, chunks, end } = record;
  const at = end?.at ?? chunks.at(-1)?.at ?? 0;
  if (speech === null) return [{ at, event: { type: "step-fail", error: UNREADABLE } }];
  const answer = openAnswer({ reader: bindDialect(speech).open(thinkTags), head, isStreamed });
  for (const chunk of chunks) answer.push(chunk.bytes, chunk.at);
  const how: AnswerEnd = end ?? { how: "closed" };
  answer.end(at, how);
  const state = answer.state();
  return state.is === "failed" ? [{ at, event: { type: "step-fail", error: state.error } }] : [];
}

const UNREADABLE: RunError = {
  source: "app",
  code: "NO_DIALECT",
  message: "Vitrine does not know the format of this answer, so it cannot show it. Its bytes are kept.",
  retryable: false,
};

function headerOf({ headers }: Exchange, name: string): string {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? "";
}

function durationOf({ chunks, end }: Exchange): number {
  return Math.max(0, end?.us ?? 0, chunks.at(-1)?.us ?? 0);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "recording";
}
