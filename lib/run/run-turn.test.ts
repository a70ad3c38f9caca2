import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";
import type { Turn } from "@/lib/stream/turn/turn";
import type { ToolDesk } from "@/lib/tools/desk";

import type { Platform, Transport } from "./ports";
import type { RequestShape } from "./prepare-step";
import { createQueue } from "./queue";
import { runTurn } from "./run-turn";
import { createSemaphore } from "./semaphore";

const platform: Platform = {
  clock: { now: () => 0, wall: () => 0 },
  random: () => 0,
  wait: () => Promise.resolve(false),
  every: () => () => undefined,
  onReturn: () => () => undefined,
};

/** An answer that calls the same tool twice, as often as it is asked. */
function answerOf(request: number): string {
  const call = (index: number) => ({
    index,
    id: `call-${request}-${index}`,
    type: "function",
    // Other arguments each time: equal calls would be taken for a loop.
    function: { name: "roll", arguments: JSON.stringify({ nth: [request, index] }) },
  });
  return `${chunk({ tool_calls: [call(0), call(1)] }, null)}${chunk({}, "tool_calls")}data: [DONE]\n\n`;
}

function chunk(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const answering: ToolDesk = {
  answer: () => one({ type: "end", result: { output: "4", isError: false, origin: { by: "page" } } }),
};

async function* one<T>(event: T): AsyncGenerator<T, void, undefined> {
  yield await Promise.resolve(event);
}

/** A desk that answers everything, and how often it was asked. */
function countingDesk() {
  const asked: string[] = [];
  const desk: ToolDesk = {
    answer: (call, ...rest) => {
      asked.push(call.id);
      return answering.answer(call, ...rest);
    },
  };
  return { desk, asked };
}

/** A turn whose only step has this many calls that wait. */
function turnWith(calls: number): Turn {
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
  const events = Array.from({ length: calls }, (_, index): readonly StreamEvent[] => [
    { type: "tool-input-start", id: `c${index}`, callId: null, name: "roll", form: "json" },
    { type: "tool-input-delta", id: `c${index}`, text: `{"nth":${index}}` },
    { type: "tool-input-end", id: `c${index}` },
  ]);
  const all: readonly StreamEvent[] = [
    { type: "step-start", stepId: "many", request },
    ...events.flat(),
    { type: "step-end" },
  ];
  return foldAll(
    emptyTurn(),
    all.map((event) => ({ at: 0, event })),
  );
}

/** The calls of the first step that have their results. */
function answeredIn(turn: Turn) {
  return turn.steps[0]?.parts.flatMap((part) =>
    part.type === "tool-call" && part.status.state === "answered" ? [part.id] : [],
  );
}

function firstIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `c${index}`);
}

/** The turn of a model that calls a tool forever, whose tool answers by itself, within these limits. */
async function loop(
  limits: LaneSetup["limits"],
  shape?: RequestShape,
  from: Turn = emptyTurn(),
  desk: ToolDesk = answering,
  more: Partial<LaneSetup> = {},
) {
  let turn = from;
  let requests = 0;
  const bodies: unknown[] = [];
  const transport: Transport = {
    open: ({ chat }) => {
      requests += 1;
      bodies.push(chat.body);
      const { body } = new Response(answerOf(requests));
      if (body === null) throw new Error("a response has a body");
      const head = {
        status: 200,
        contentType: "text/event-stream",
        requestId: null,
        connectMs: null,
        headersMs: 1,
      };
      return Promise.resolve({ ok: true, body, head });
    },
    brokeOff: () => {
      throw new Error("nothing breaks off");
    },
  };
  await runTurn(
    {
      setup: { ...plainSetup({ provider: "llamacpp", model: "m" }), limits, ...more },
      endpointName: null,
      tools: [],
      past: [],
      asked: { prompt: "Roll" },
      ...(shape === undefined ? {} : { shape }),
      at: () => 0,
      signal: new AbortController().signal,
      sink: {
        emit: (events) => {
          turn = events.reduce(fold, turn);
        },
        turn: () => turn,
      },
    },
    {
      platform,
      transport,
      queue: createQueue(createSemaphore(1), () => false),
      desk,
      newStepId: () => `step-${from.steps.length}-${requests}`,
      servers: () => null,
      keyFor: () => null,
    },
  );
  const states = turn.steps.map(({ parts }) =>
    parts.map((part) => (part.type === "tool-call" ? part.status.state : part.type)),
  );
  return { requests, states, bodies, turn };
}

describe("a turn whose tools answer by themselves", () => {
  it("stops at the lane's limit of steps, says so, and leaves the last calls to a person", async () => {
    expect(await loop({ steps: 3, calls: 50 })).toMatchObject({
      requests: 3,
      states: [
        ["answered", "answered"],
        ["answered", "answered"],
        ["awaiting-result", "awaiting-result"],
      ],
      turn: {
        steps: [{}, { request: { loop: { step: 2, of: 3 } } }, { pause: { why: "steps", limit: 3 } }],
      },
    });
  });

  it("stops before a step whose calls would go over the lane's limit, and runs none of them", async () => {
    expect(await loop({ steps: 10, calls: 3 })).toMatchObject({
      requests: 2,
      states: [
        ["answered", "answered"],
        ["awaiting-result", "awaiting-result"],
      ],
      turn: { steps: [{}, { pause: { why: "calls", limit: 3 } }] },
    });
  });

  it("goes on from there when a person says so, with the limits counted anew", async () => {
    const stopped = await loop({ steps: 2, calls: 50 });
    expect(await loop({ steps: 2, calls: 50 }, {}, stopped.turn)).toMatchObject({
      requests: 2,
      states: [
        ["answered", "answered"],
        ["answered", "answered"],
        ["answered", "answered"],
        ["awaiting-result", "awaiting-result"],
      ],
    });
  });

  it("runs the next calls of thousands at each press, as many as the limit, and asks for no other", async () => {
    const { desk, asked } = countingDesk();
    const first = await loop({ steps: 10, calls: 50 }, {}, turnWith(4_120), desk);
    expect(first.requests).toBe(0);
    expect(answeredIn(first.turn)).toEqual(firstIds(50));
    expect(asked).toEqual(firstIds(51));
    expect(answeredIn((await loop({ steps: 10, calls: 50 }, {}, first.turn, desk)).turn)).toEqual(
      firstIds(100),
    );
  });

  it("ends at the most steps that can be saved, and says so", async () => {
    const { steps } = turnWith(1);
    const [step] = steps;
    if (step === undefined) expect.unreachable("it has a step");
    const full: Turn = { steps: Array.from({ length: 1_000 }, (_, index) => ({ ...step, id: `s${index}` })) };
    const { requests, turn } = await loop({ steps: 10, calls: 50 }, {}, full);
    expect(requests).toBe(0);
    expect(turn.steps.at(-1)).toMatchObject({
      parts: [{ status: { state: "answered" } }],
      pause: { why: "steps", limit: 1_000 },
    });
  });

  it("keeps with each step what was changed of its request for the provider", async () => {
    const samplers = { model: "another" };
    const { turn } = await loop({ steps: 1, calls: 50 }, {}, emptyTurn(), answering, { samplers });
    expect(turn.steps.map(({ request }) => request.notes)).toEqual([
      ["model among the samplers is not sent: the lane's own setting decides it."],
    ]);
    const plain = await loop({ steps: 1, calls: 50 });
    expect(plain.turn.steps.map(({ request }) => "notes" in request)).toEqual([false]);
  });

  it("sends a request of another shape in each of its steps", async () => {
    const { bodies } = await loop({ steps: 2, calls: 50 }, { patch: { seed: 7, stream_options: null } });
    expect(bodies).toMatchObject([
      { model: "m", seed: 7 },
      { model: "m", seed: 7 },
    ]);
    expect(bodies.filter((body) => JSON.stringify(body).includes("stream_options"))).toEqual([]);
    const plain = await loop({ steps: 1, calls: 50 });
    expect(plain.bodies).toMatchObject([{ stream_options: {} }]);
    expect(JSON.stringify(plain.bodies)).not.toContain("seed");
  });
});
