/** What ends a model that loses itself, in every dialect: over real HTTP, on servers that check like the real ones. */
import { createServer, type IncomingMessage, type Server } from "node:http";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import type { RunLimits } from "@/lib/providers/provider";
import type { Platform, Transport } from "@/lib/run/ports";
import { createQueue } from "@/lib/run/queue";
import { runTurn } from "@/lib/run/run-turn";
import { createSemaphore } from "@/lib/run/semaphore";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";
import type { Turn } from "@/lib/stream/turn/turn";
import { createDesk } from "@/lib/tools/desk";
import { sampleTools } from "@/lib/tools/samples";

import { strictAnthropic } from "./strict-anthropic";
import { strictChat } from "./strict-chat";
import { openLedger, type StrictAnswer, type StrictDialect } from "./strict-dialect";
import { strictGemini } from "./strict-gemini";
import { strictResponses } from "./strict-responses";

const DIALECTS = [
  { name: "chat", strict: strictChat, provider: "llamacpp", path: "/llama/v1/chat/completions" },
  { name: "Responses", strict: strictResponses, provider: "openai-responses", path: "/openai/v1/responses" },
  { name: "Anthropic", strict: strictAnthropic, provider: "anthropic", path: "/anthropic/v1/messages" },
  {
    name: "Gemini",
    strict: strictGemini,
    provider: "gemini",
    path: "/gemini/v1beta/models/m:streamGenerateContent",
  },
] as const satisfies readonly { strict: StrictDialect; [field: string]: unknown }[];

/** What the model answers to its nth request, from 0. */
type Script = (nth: number, results: number) => StrictAnswer;

const calling = (...inputs: readonly object[]): StrictAnswer => ({
  thought: "Once more.",
  calls: inputs.map((args) => ({ name: "add", args })),
  text: "",
});
const SAYS: StrictAnswer = { thought: "Enough.", calls: [], text: "Done." };

/** The arguments of `count` calls of the nth step; after `cycle` different ones they begin again. */
function callsOf(nth: number, count: number, cycle: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ a: (nth * count + index) % cycle, b: 1 }));
}

let script: Script = () => SAYS;
let requests = 0;
const refusals: string[] = [];
let server: Server;
let origin = "";

beforeAll(async () => {
  const ledgers = new Map<StrictDialect, ReturnType<typeof openLedger>>();
  server = createServer(async (request, response) => {
    const found = DIALECTS.find(({ strict }) => strict.serves(request.url ?? ""));
    if (found === undefined) return void response.writeHead(404).end();
    const { strict } = found;
    const ledger = ledgers.get(strict) ?? openLedger();
    ledgers.set(strict, ledger);
    const read = strict.read(JSON.parse(await textOf(request)), ledger);
    if (read.kind === "refusal") {
      refusals.push(`${request.url ?? ""}: ${read.message}`);
      return void response.writeHead(400).end(JSON.stringify(strict.refuse(read.message)));
    }
    response.writeHead(200, { "content-type": strict.contentType });
    response.end(strict.write(script(requests, read.results.length), ledger).join(""));
    requests += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  origin = `http://127.0.0.1:${String(address.port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

const platform: Platform = {
  clock: { now: () => 0, wall: () => 0 },
  random: () => 0,
  wait: () => Promise.resolve(false),
  every: () => () => undefined,
  onReturn: () => () => undefined,
};

/** Runs the turn on from where it is, as one press does, with the built-in adder answering by itself. */
async function press(
  { provider, path }: (typeof DIALECTS)[number],
  from: Turn = emptyTurn(),
  limits: RunLimits = { steps: 10, calls: 50 },
): Promise<Turn> {
  let turn = from;
  const transport: Transport = {
    open: async ({ chat }, signal) => {
      const response = await fetch(origin + path, {
        method: "POST",
        body: JSON.stringify(chat.body),
        signal,
      });
      const { body, status } = response;
      if (body === null) throw new Error("a response has a body");
      const contentType = response.headers.get("content-type") ?? "";
      return {
        ok: true,
        body,
        head: { status, contentType, requestId: null, connectMs: null, headersMs: 1 },
      };
    },
    brokeOff: () => {
      throw new Error("nothing breaks off");
    },
  };
  const hosts = { wait: () => Promise.resolve(true), now: () => 0, javascript: null, server: null };
  const added = sampleTools.filter(({ name }) => name === "add");
  const setup = { ...plainSetup({ provider, model: "m" }), tools: added.map(({ id }) => id), limits };
  const desk = createDesk({
    tools: sampleTools,
    bindings: {},
    offered: { sent: setup, now: setup },
    answeredBy: "tools",
    turns: () => [turn],
    hosts,
    isAllowed: () => false,
    share: null,
  });
  await runTurn(
    {
      setup,
      endpointName: null,
      tools: sampleTools,
      past: [],
      asked: { prompt: "Add" },
      at: () => 0,
      signal: new AbortController().signal,
      sink: {
        emit: (events) => {
          turn = foldAll(turn, events);
        },
        turn: () => turn,
      },
    },
    {
      platform,
      transport,
      queue: createQueue(createSemaphore(1), () => false),
      desk,
      newStepId: () => `step-${turn.steps.length}`,
      servers: () => null,
      keyFor: () => null,
    },
  );
  return turn;
}

/** How many calls of each step have a result. */
function answered({ steps }: Turn): readonly number[] {
  return steps.map(
    ({ parts }) =>
      parts.filter((part) => part.type === "tool-call" && part.status.state === "answered").length,
  );
}

async function runs(own: Script, dialect: (typeof DIALECTS)[number], ...rest: [Turn?, RunLimits?]) {
  requests = 0;
  refusals.length = 0;
  script = own;
  const turn = await press(dialect, ...rest);
  expect(refusals).toEqual([]);
  return { turn, pause: turn.steps.at(-1)?.pause, requests, answered: answered(turn) };
}

describe.each(DIALECTS)("a model that loses itself over $name", (dialect) => {
  it("stops at the third equal call, in whatever order it writes the arguments", async () => {
    const orders = [
      { a: 2, b: 3 },
      { b: 3, a: 2 },
      { a: 2, b: 3 },
    ];
    const found = await runs((nth) => calling(orders[nth % 3] ?? {}), dialect);
    expect(found).toMatchObject({
      pause: { why: "repeat", tool: "add", times: 3 },
      requests: 3,
      answered: [1, 1, 0],
    });
    // A press counts anew: the waiting call runs, and two more steps follow.
    const again = await runs(() => calling({ a: 2, b: 3 }), dialect, found.turn);
    expect(again).toMatchObject({ pause: { why: "repeat" }, requests: 3, answered: [1, 1, 1, 1, 1, 0] });
  });

  it("stops at a flood of calls of which few differ, before any of them runs", async () => {
    const flood = Array.from({ length: 31 }, (_, index) => ({ a: index % 10, b: 1 }));
    expect(await runs(() => calling(...flood), dialect)).toMatchObject({
      pause: { why: "flood", calls: 31, different: 10 },
      requests: 1,
      answered: [0],
    });
  });

  it("stops at a flood that comes in many steps", async () => {
    const found = await runs((nth) => calling(...callsOf(nth, 8, 11)), dialect);
    expect(found.pause?.why).toMatch(/^(?:flood|repeat)$/u);
    expect(found.requests).toBeLessThan(6);
  });

  it("stops at the most steps, and at the most calls, however the calls differ", async () => {
    expect(await runs((nth) => calling({ a: nth, b: 1 }), dialect)).toMatchObject({
      pause: { why: "steps", limit: 10 },
      requests: 10,
    });
    expect(await runs((nth) => calling(...callsOf(nth, 6, 1_000)), dialect)).toMatchObject({
      pause: { why: "calls", limit: 50 },
      requests: 9,
      answered: [6, 6, 6, 6, 6, 6, 6, 6, 0],
    });
  });

  it("runs the calls of one step fifty a press, and asks on once all have results", async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ a: index, b: 1 }));
    const own: Script = (_nth, results) => (results === 0 ? calling(...many) : SAYS);
    const first = await runs(own, dialect);
    expect(first).toMatchObject({ pause: { why: "calls", limit: 50 }, requests: 1, answered: [0] });
    const second = await runs(own, dialect, first.turn);
    expect(second).toMatchObject({ requests: 0, answered: [50] });
    const third = await runs(own, dialect, second.turn);
    expect(third).toMatchObject({ requests: 0, answered: [100] });
    const last = await runs(own, dialect, third.turn);
    expect(last).toMatchObject({ requests: 1, answered: [120, 0] });
    expect(last.turn.steps.at(-1)?.status).toEqual({ state: "done" });
  });
});
