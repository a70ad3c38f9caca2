/** One exchange of another format as the record of an attempt, and what its request says of the lane. Pure. */
import type { DialectId } from "@/lib/providers/dialect-id";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup, Speech } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { openAnswer, type AnswerEnd } from "@/lib/run/answer";
import type { AttemptRecord, RecordedEnd } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import type { RunError, StepRequest, TimedEvent } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, parseJson } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";
import { declaredKind } from "@/lib/stream/wire/sniff-body";

import { allowedUrl } from "./allow-list";
import { requestSettings } from "./conversations/request-settings";
import type { Exchange } from "./exchange";
import { contentTypeOf, dialectOf } from "./formats/judge-exchange";
import { readRequest } from "./read-request";

/** The provider whose ways an answer of each dialect is read with: the most open one. */
export const READ_AS: { readonly [D in DialectId]: string } = {
  "chat-completions": "openai-compatible",
  responses: "openai-compatible",
  anthropic: "anthropic",
  gemini: "gemini",
};

export type ReadExchange = {
  readonly exchange: Exchange;
  readonly setup: LaneSetup;
  readonly prompt: string;
  /** null where the request is not a JSON object. */
  readonly body: JsonObject | null;
  readonly request: StepRequest;
  /** Its times count from when it was sent. */
  readonly record: AttemptRecord;
  /** Why it failed before an answer began, and when in ms; null where it did not. */
  readonly failure: { readonly at: number; readonly error: RunError } | null;
  /** The step that it gives alone. */
  readonly step: Step;
  /** µs from its sending to its end. */
  readonly durationUs: number;
};

/** Reads an exchange. What it does not say is made up from its request. Never throws. */
export function readExchange(exchange: Exchange): ReadExchange {
  const url = allowedUrl(exchange.url);
  const dialect = dialectOf(exchange);
  const { base, model, prompt } = readRequest(url, exchange.requestBody);
  const provider = dialect === null ? null : findProvider(READ_AS[dialect]);
  const speech = provider === null ? null : speechOf(provider, dialect);
  const body = asObject(parseJson(exchange.requestBody));
  const setup: LaneSetup = {
    ...plainSetup({ provider: provider?.id ?? READ_AS["chat-completions"], model }),
    ...requestSettings(body ?? {}),
    endpoint: base,
    dialect,
  };
  const request: StepRequest = {
    provider: setup.provider,
    dialect: dialect ?? "",
    model,
    endpoint: base,
    ...(exchange.timing === "missing" ? { hasMadeTimes: true as const } : {}),
  };
  const record = recordOf(exchange, { url, speech });
  const failure = failureOf(record);
  return {
    exchange,
    setup,
    prompt,
    body,
    request,
    record,
    failure,
    step: stepOf(record, request, failure),
    durationUs: Math.max(0, exchange.end?.us ?? 0, exchange.chunks.at(-1)?.us ?? 0),
  };
}

function stepOf(record: AttemptRecord, request: StepRequest, failure: ReadExchange["failure"]): Step {
  const { stepId } = record;
  const events: readonly TimedEvent[] = [
    { at: 0, event: { type: "step-start", stepId, request } },
    { at: 0, event: { type: "step-send" } },
    ...(failure === null
      ? []
      : [{ at: failure.at, event: { type: "step-fail", error: failure.error } } as const]),
  ];
  const [step] = replayTurn(events, [record]).turn.steps;
  if (step === undefined) throw new Error("A step that starts is in its turn");
  return step;
}

function recordOf(
  exchange: Exchange,
  { url, speech }: { readonly url: string; readonly speech: Speech | null },
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
    stepId: "exchange",
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
function failureOf(record: AttemptRecord): ReadExchange["failure"] {
  const { speech, thinkTags, head, isStreamed, chunks, end } = record;
  const at = end?.at ?? chunks.at(-1)?.at ?? 0;
  if (speech === null) return { at, error: UNREADABLE };
  const answer = openAnswer({ reader: bindDialect(speech).open(thinkTags), head, isStreamed });
  for (const chunk of chunks) answer.push(chunk.bytes, chunk.at);
  const how: AnswerEnd = end ?? { how: "closed" };
  answer.end(at, how);
  const state = answer.state();
  return state.is === "failed" ? { at, error: state.error } : null;
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
