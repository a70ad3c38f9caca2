/** Turns that run against replies of every kind, with what was recorded of them. */
import * as fc from "fast-check";

import { strictAnthropic } from "@/e2e/strict/strict-anthropic";
import { strictChat } from "@/e2e/strict/strict-chat";
import { openLedger, type StrictDialect } from "@/e2e/strict/strict-dialect";
import { strictGemini } from "@/e2e/strict/strict-gemini";
import { strictResponses } from "@/e2e/strict/strict-responses";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { PastTurn } from "@/lib/providers/provider";
import type { OpenedAnswer, Platform, Transport } from "@/lib/run/ports";
import { createQueue } from "@/lib/run/queue";
import { type AttemptRecorder, joinRecord, type RecordPart } from "@/lib/run/record";
import { runTurn } from "@/lib/run/run-turn";
import { createSemaphore } from "@/lib/run/semaphore";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import { writeOverwritten } from "@/lib/stream/wire/relay-frames";
import type { ToolDesk } from "@/lib/tools/desk";

/** Each dialect with a strict server of it. */
export const DIALECTS: readonly (readonly [provider: string, server: StrictDialect])[] = [
  ["llamacpp", strictChat],
  ["openai-responses", strictResponses],
  ["anthropic", strictAnthropic],
  ["gemini", strictGemini],
];

/** One reply of a server, and what happens while it is read. */
export type Reply = {
  readonly says: "answer" | "call" | "refusal" | "busy" | "nothing-at-all";
  /** Where its bytes are cut into reads, each as a share of the whole. */
  readonly cuts: readonly number[];
  /** A byte that is another one than the server meant, at this share of the whole; null = none. */
  readonly broken: number | null;
  /** The share of the bytes that arrive. */
  readonly arrives: number;
  readonly ends: "closed" | "broken" | "stopped";
  /** Whether Vitrine's relay stands between, with frames of its own around the server's bytes. */
  readonly isRelayed: boolean;
  /** Whether a host stores what was read so far, after this many reads. */
  readonly storedAfter: number;
};

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Any reply. */
export const reply: fc.Arbitrary<Reply> = fc.record({
  says: fc.constantFrom("answer", "call", "call", "refusal", "busy", "nothing-at-all"),
  cuts: fc.array(share, { maxLength: 6 }),
  broken: fc.option(share, { freq: 4 }),
  arrives: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, share),
  ends: fc.constantFrom("closed", "closed", "broken", "stopped"),
  isRelayed: fc.boolean(),
  storedAfter: fc.nat(4),
});

const USUAL: Reply = {
  says: "answer",
  cuts: [0.3, 0.6],
  broken: null,
  arrives: 1,
  ends: "closed",
  isRelayed: false,
  storedAfter: 1,
};
/** Turns that are always among those that are tried. */
export const EXAMPLES: readonly (readonly Reply[])[] = [
  [{ ...USUAL, says: "call" }, USUAL],
  [{ ...USUAL, says: "busy" }, USUAL],
  [{ ...USUAL, arrives: 0.7, ends: "stopped" }],
  [{ ...USUAL, says: "refusal" }],
  [
    { ...USUAL, isRelayed: true, says: "call" },
    { ...USUAL, isRelayed: true, ends: "broken" },
  ],
  [{ ...USUAL, isRelayed: true, says: "refusal" }],
];

/** The reads of a reply, as its server's dialect writes it. */
function readsOf(given: Reply, server: StrictDialect): readonly Uint8Array[] {
  const { says, cuts, broken, arrives } = given;
  const isCall = says === "call";
  const frames = server.write(
    {
      thought: "I think — 思う.",
      calls: isCall ? [{ name: "weather", args: { location: "Firenze ☀" } }] : [],
      text: isCall ? "" : "It is 22 degrees ☀.",
    },
    openLedger(),
  );
  const isRefused = says === "refusal" || says === "busy";
  const body = isRefused ? JSON.stringify(server.refuse("No.")) : frames.join("");
  const text = given.isRelayed ? relayedText(given, isRefused ? "" : body, server) : body;
  const bytes = new TextEncoder().encode(text);
  if (broken !== null) bytes[Math.floor(broken * (bytes.length - 1))] = 0xff;
  const end = Math.ceil(arrives * bytes.length);
  const ends = [...cuts.map((cut) => Math.ceil(cut * end)), end].toSorted((one, other) => one - other);
  return ends.map((at, index) => bytes.slice(ends[index - 1] ?? 0, at)).filter(({ length }) => length > 0);
}

/** The body as the relay sends it on: after its head, with a mark where it overwrote a key, and with an error at the end. */
function relayedText({ says, ends }: Reply, body: string, server: StrictDialect): string {
  const status = STATUS[says];
  const { contentType } = server;
  const head = { status, contentType, connectMs: null, headersMs: 1 };
  const error = { source: "provider", code: "NO", message: "No — 否.", retryable: says === "busy", status };
  const middle = body.indexOf("\n\n") + 2;
  const marked = `${body.slice(0, middle)}: ${writeOverwritten([[1, 2]])}\n\n${body.slice(middle)}`;
  const isFailed = status >= 400 || ends === "broken";
  return [
    ": vitrine 1\n\n: vitrine waiting\n\n",
    `event: relay-head\ndata: ${JSON.stringify(head)}\n\n`,
    middle > 1 ? marked : body,
    isFailed ? `\n\nevent: relay-error\ndata: ${JSON.stringify({ error })}\n\n` : "",
  ].join("");
}

const STATUS = { refusal: 400, busy: 503, answer: 200, call: 200, "nothing-at-all": 0 } as const;

const answering: ToolDesk = { answer: answerTwentyTwo };

async function* answerTwentyTwo() {
  yield await Promise.resolve({
    type: "end" as const,
    result: { output: "22", isError: false, origin: { by: "page" as const } },
  });
}

/** What a turn asks where it is not the weather of a new conversation. */
export type Asking = {
  readonly model?: string;
  readonly prompt?: string;
  readonly past?: readonly PastTurn[];
};

/** A turn that runs against these replies, one for each request, with what was recorded of it. */
export async function runReplies(
  provider: string,
  server: StrictDialect,
  replies: readonly Reply[],
  { model = "m", prompt = "What is the weather?", past = [] }: Asking = {},
) {
  let turn = emptyTurn();
  let now = 0;
  let requests = 0;
  const own: TimedEvent[] = [];
  const recorders: { recorder: AttemptRecorder; parts: RecordPart[] }[] = [];
  const stop = new AbortController();
  const platform: Platform = {
    clock: { now: () => now, wall: () => now },
    random: () => 0.5,
    wait: (ms, signal) => Promise.resolve(ms > 200 && ms < 5_000 && !signal.aborted),
    every: () => () => undefined,
    onReturn: () => () => undefined,
  };
  const store = () => {
    const last = recorders.at(-1);
    const part = last?.recorder.take() ?? null;
    if (part !== null) last?.parts.push(part);
  };
  const transport: Transport = {
    open: (): Promise<OpenedAnswer> => {
      const next = replies[(requests += 1) - 1];
      if (next === undefined || next.says === "nothing-at-all")
        return Promise.resolve({ ok: false, error: transport.brokeOff(null) });
      const reads = readsOf(next, server);
      let read = 0;
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        if (read === next.storedAfter) store();
        const bytes = reads[read];
        read += 1;
        if (bytes !== undefined) return controller.enqueue(bytes);
        if (next.ends === "closed" || (next.isRelayed && next.ends === "broken")) return controller.close();
        if (next.ends === "stopped") stop.abort();
        controller.error(new Error("the connection broke"));
      };
      // Nothing is read ahead: an error would take what waits along.
      const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
      const status = STATUS[next.says];
      const contentType = status === 200 ? server.contentType : "application/json";
      const head = { status, contentType, requestId: null, connectMs: null, headersMs: 1 };
      return Promise.resolve({ ok: true, body, head: next.isRelayed ? null : head });
    },
    brokeOff: () => ({
      source: "network",
      code: "CONNECTION_CUT",
      message: "The connection broke off.",
      retryable: true,
    }),
  };
  const setup = plainSetup({ provider, model });
  await runTurn(
    {
      setup,
      endpointName: null,
      tools: [],
      past,
      asked: { prompt },
      at: () => (now += 1),
      signal: stop.signal,
      sink: {
        emit: (events, from) => {
          turn = events.reduce(fold, turn);
          if (from === "run") own.push(...events);
        },
        turn: () => turn,
      },
    },
    {
      platform,
      transport,
      queue: createQueue(createSemaphore(1), () => false),
      desk: answering,
      newStepId: () => `step ${requests}`,
      servers: () => null,
      keyFor: () => null,
      onAttempt: (recorder) => recorders.push({ recorder, parts: [] }),
    },
  );
  const records = recorders.map(({ recorder, parts }) => {
    const rest = recorder.read();
    return joinRecord({ facts: rest.facts, parts: [...parts, ...rest.parts] });
  });
  return { turn, own, records };
}
