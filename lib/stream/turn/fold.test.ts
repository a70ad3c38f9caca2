import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { AnswerImage, RunError, StreamEvent } from "./event";
import { emptyTurn, fold } from "./fold";
import type { Json } from "./json";
import { streamedText } from "./streamed-text";
import type { Step, Turn } from "./turn";

const REQUEST = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
const START: StreamEvent = { type: "step-start", stepId: "s1", request: REQUEST };
const NO_REQUEST = { provider: "", dialect: "", model: "", endpoint: null };
const PICTURES = [
  { kind: "data", mediaType: "image/png", base64: "AAAA" },
  { kind: "left-out", reason: "Too large.", url: "https://example.com/cat.png" },
] as const satisfies readonly AnswerImage[];
const ERROR: RunError = { source: "network", code: "ECONNRESET", message: "cut", retryable: true };

/** Folds events that happen 10 ms apart, beginning at 0. */
function foldAll(...events: readonly StreamEvent[]): Turn {
  return events.reduce((turn, event, index) => fold(turn, { at: index * 10, event }), emptyTurn());
}

/** The last step after a start at 0 and these events from 10 ms on. */
function stepAfter(...events: readonly StreamEvent[]): Step {
  const step = foldAll(START, ...events).steps.at(-1);
  if (step === undefined) throw new Error("A started turn has a step.");
  return step;
}

const thought = (text: string, id = "r1"): StreamEvent => ({ type: "reasoning-delta", id, text });
const say = (text: string, id = "t1"): StreamEvent => ({ type: "text-delta", id, text });
const input = (text: string, id = "c1"): StreamEvent => ({ type: "tool-input-delta", id, text });
const startCall = (id = "c1"): StreamEvent => ({
  type: "tool-input-start",
  id,
  callId: `call_${id}`,
  name: "f",
});
const startThought: StreamEvent = { type: "reasoning-start", id: "r1" };
const startText: StreamEvent = { type: "text-start", id: "t1" };
const endCall: StreamEvent = { type: "tool-input-end", id: "c1" };
const finish = (raw: string): StreamEvent => ({ type: "finish", finish: { unified: "stop", raw } });
const cost = (usd: number): StreamEvent => ({ type: "cost", usd });
const END: StreamEvent = { type: "step-end" };

const EMPTY_STEP: Step = {
  id: "s1",
  request: REQUEST,
  status: { state: "queued", behind: null },
  startedAt: 0,
  sentAt: null,
  headAt: null,
  firstTokenAt: null,
  lastTokenAt: null,
  endedAt: null,
  head: null,
  responseId: null,
  responseModel: null,
  promptProgress: null,
  parts: [],
  finish: null,
  usage: null,
  costUsd: null,
  timings: null,
  warnings: [],
  retries: [],
};

it("the fold makes a turn of a whole answer with thought, text and call", () => {
  const step = stepAfter(
    { type: "step-send" },
    { type: "response-start", id: "r", model: "m2" },
    startThought,
    thought("Hm"),
    thought("m."),
    { type: "reasoning-end", id: "r1" },
    startText,
    say("Hi"),
    { type: "text-end", id: "t1" },
    startCall(),
    input('{"a":1}'),
    endCall,
    finish("stop"),
    END,
  );
  expect(step).toEqual({
    ...EMPTY_STEP,
    status: { state: "done" },
    sentAt: 10,
    firstTokenAt: 40,
    lastTokenAt: 110,
    endedAt: 140,
    responseId: "r",
    responseModel: "m2",
    finish: { unified: "tool-calls", raw: "stop" },
    parts: [
      {
        type: "reasoning",
        id: "r1",
        text: "Hmm.",
        tags: null,
        startedAt: 30,
        endedAt: 60,
        deltas: 2,
        replay: [],
      },
      {
        type: "text",
        id: "t1",
        text: "Hi",
        phase: null,
        citations: [],
        startedAt: 70,
        endedAt: 90,
        deltas: 1,
        replay: [],
      },
      {
        type: "tool-call",
        id: "c1",
        callId: "call_c1",
        name: "f",
        input: '{"a":1}',
        form: "json",
        startedAt: 100,
        endedAt: 120,
        deltas: 1,
        replay: [],
        status: { state: "awaiting-result", args: { valid: true, value: { a: 1 } } },
      },
    ],
  });
});

describe("what a step is doing", () => {
  const progress: StreamEvent = { type: "prompt-progress", total: 9, cached: 1, processed: 3, elapsedMs: 5 };
  it.each<readonly [string, readonly StreamEvent[]]>([
    ["queued", []],
    ["queued", [{ type: "step-queue", behind: "stream" }]],
    ["connecting", [{ type: "step-queue", behind: "stream" }, { type: "step-send" }]],
    ["reading-prompt", [{ type: "step-send" }, progress]],
    ["thinking", [progress, startThought]],
    ["thinking", [startThought, thought("x"), progress]],
    ["answering", [startThought, startText]],
    ["calling", [startText, startCall()]],
    ["answering", [startText, startCall(), say("x")]],
    ["done", [startText, finish("stop"), END]],
    ["truncated", [startText, say("x"), END]],
    ["stopped", [startText, { type: "step-stop" }]],
    ["failed", [startText, { type: "step-fail", error: ERROR }]],
    ["retrying", [{ type: "step-send" }, { type: "retry", attempt: 1, of: 2, delayMs: 100, error: ERROR }]],
  ])("%s", (state, events) => {
    expect(stepAfter(...events).status.state).toBe(state);
  });

  it("counts from the last try after a retry, and lists the tries", () => {
    const head = { status: 503, contentType: "", requestId: null, connectMs: null, headersMs: 1 };
    const step = stepAfter(
      { type: "step-send" },
      { type: "response-head", head },
      { type: "retry", attempt: 1, of: 2, delayMs: 100, error: ERROR },
      { type: "step-send" },
    );
    expect(step).toEqual({
      ...EMPTY_STEP,
      status: { state: "connecting" },
      sentAt: 40,
      retries: [{ attempt: 1, of: 2, delayMs: 100, error: ERROR, at: 30 }],
    });
  });
});

describe("the fold of a step's end", () => {
  it("says why a stream was cut, and keeps what was received", () => {
    const step = stepAfter(startText, say("Hi"), { type: "step-end", error: ERROR });
    expect([step.status, step.finish, step.parts[0]]).toEqual([
      { state: "truncated", error: ERROR },
      { unified: "truncated", raw: null },
      {
        type: "text",
        id: "t1",
        text: "Hi",
        phase: null,
        citations: [],
        startedAt: 10,
        endedAt: 30,
        deltas: 1,
        replay: [],
      },
    ]);
  });

  it.each<readonly [string, StreamEvent]>([
    ["cut", END],
    ["stopped", { type: "step-stop" }],
    ["failed", { type: "step-fail", error: ERROR }],
  ])("never runs a call that was arriving when the step was %s", (_name, last) => {
    const step = stepAfter(startCall(), input('{"a":1}'), last);
    expect(step.parts[0]).toMatchObject({ status: { state: "unfinished" }, endedAt: 30 });
  });

  it("keeps a call that was complete before the stop", () => {
    const step = stepAfter(startCall(), input("{}"), endCall, startCall("c2"), { type: "step-stop" });
    expect(step.parts.map((part) => part.type === "tool-call" && part.status.state)).toEqual([
      "awaiting-result",
      "unfinished",
    ]);
  });

  it("never lets a later end or finish replace an error", () => {
    const step = stepAfter({ type: "step-fail", error: ERROR }, finish("stop"), END, startText, say("late"));
    expect(step).toEqual({ ...EMPTY_STEP, status: { state: "failed", error: ERROR }, endedAt: 10 });
  });

  it("still takes warnings after the end, up to a hundred", () => {
    const warning: StreamEvent = { type: "warning", warning: { code: "x", message: "y" } };
    expect(stepAfter(END, ...Array.from({ length: 150 }, () => warning)).warnings).toHaveLength(100);
  });
});

describe("what is kept of several reports", () => {
  it("keeps the first finish, id and model", () => {
    const step = stepAfter(
      { type: "response-start", id: null, model: "a" },
      { type: "response-start", id: "1", model: "b" },
      { type: "response-start", id: "2", model: null },
      finish("stop"),
      finish("eos"),
    );
    expect([step.responseId, step.responseModel, step.finish?.raw]).toEqual(["1", "a", "stop"]);
  });

  it("lets the last usage win field by field where it says something; null is not 0", () => {
    const none = { input: null, output: null, total: null, reasoning: null, cached: null };
    const step = stepAfter(
      { type: "usage", usage: { ...none, input: 5, reasoning: 0 } },
      { type: "usage", usage: { ...none, input: 7, output: 2 } },
    );
    expect(step.usage).toEqual({ ...none, input: 7, output: 2, reasoning: 0 });
  });

  it("lets the last cost win, and takes none after the end", () => {
    expect([
      stepAfter(startText).costUsd,
      stepAfter(cost(0.002), cost(0)).costUsd,
      stepAfter(cost(0), cost(0.002)).costUsd,
      stepAfter(cost(0.002), END, cost(1)).costUsd,
    ]).toEqual([null, 0, 0.002, 0.002]);
  });

  it("means tool calls by a stop beside a call, in either order, and no other finish", () => {
    expect(stepAfter(startCall(), finish("stop")).finish?.unified).toBe("tool-calls");
    expect(stepAfter(finish("stop"), startCall()).finish?.unified).toBe("tool-calls");
    const length: StreamEvent = { type: "finish", finish: { unified: "length", raw: "length" } };
    expect(stepAfter(startCall(), length).finish?.unified).toBe("length");
  });
});

describe("the fold of parts", () => {
  it("closes a thought when another part starts", () => {
    const [first] = stepAfter(startThought, thought("Hm"), startText).parts;
    expect(first).toMatchObject({ type: "reasoning", endedAt: 30 });
  });

  it("opens an ended call again when more of it comes", () => {
    const step = stepAfter(startCall(), input("{"), endCall, input("}"), endCall, finish("x"), END);
    expect(step.parts[0]).toMatchObject({
      input: "{}",
      deltas: 2,
      endedAt: 50,
      status: { state: "awaiting-result", args: { valid: true, value: {} } },
    });
  });

  it("counts no delta without text and takes no time from it", () => {
    const step = stepAfter(startText, say(""), say(" "));
    expect([step.firstTokenAt, step.parts[0]]).toEqual([
      30,
      {
        type: "text",
        id: "t1",
        text: " ",
        phase: null,
        citations: [],
        startedAt: 10,
        endedAt: null,
        deltas: 1,
        replay: [],
      },
    ]);
  });

  it("takes the name of a call for its first token", () => {
    expect(stepAfter(startCall()).firstTokenAt).toBe(10);
  });

  it("turns text into reasoning where only a closing tag came", () => {
    const step = stepAfter(
      startText,
      say("Hm"),
      { type: "text-to-reasoning", id: "t1" },
      { type: "reasoning-end", id: "t1" },
    );
    expect(step.parts).toEqual([
      {
        type: "reasoning",
        id: "t1",
        text: "Hm",
        tags: null,
        startedAt: 10,
        endedAt: 40,
        deltas: 1,
        replay: [],
      },
    ]);
  });

  it("keeps replay data with its part", () => {
    expect(
      stepAfter(startThought, { type: "replay", id: "r1", item: { data: "x" } }).parts[0]?.replay,
    ).toEqual([{ data: "x" }]);
  });

  it("drops what belongs to no part, or to one of another kind", () => {
    const orphans: readonly StreamEvent[] = [
      thought("x"),
      say("x"),
      input("x"),
      endCall,
      { type: "replay", id: "?", item: 1 },
    ];
    expect(stepAfter(...orphans)).toEqual(EMPTY_STEP);
    expect(
      stepAfter(startText, thought("x", "t1"), { type: "reasoning-end", id: "t1" }).parts[0],
    ).toMatchObject({ text: "", endedAt: null });
  });

  it("drops what comes before a step", () => {
    expect(foldAll(say("x"), finish("stop"))).toEqual(emptyTurn());
  });

  const ending = { ...EMPTY_STEP, id: "unopened-0", request: NO_REQUEST, startedAt: 10, endedAt: 10 };

  it.each<readonly [StreamEvent, Partial<Step>]>([
    [{ type: "step-fail", error: ERROR }, { status: { state: "failed", error: ERROR } }],
    [{ type: "step-stop" }, { status: { state: "stopped" } }],
    [
      { type: "step-end", error: ERROR },
      { status: { state: "truncated", error: ERROR }, finish: { unified: "truncated", raw: null } },
    ],
  ])("opens a step for an ending that comes before any step: %j", (event, shown) => {
    expect(foldAll(say("x"), event)).toEqual({ steps: [{ ...ending, ...shown }] });
  });

  it("opens a step for a failure that comes after the last result, and none for one that comes too late", () => {
    const answered = foldAll(
      START,
      startCall(),
      input("{}"),
      endCall,
      finish("tool_calls"),
      END,
      result("x"),
    );
    const failure: StreamEvent = { type: "step-fail", error: ERROR };
    const failed = fold(answered, { at: 90, event: failure });
    expect(failed.steps).toEqual([
      ...answered.steps,
      {
        ...ending,
        id: "unopened-1",
        startedAt: 90,
        endedAt: 90,
        status: { state: "failed", error: ERROR },
      },
    ]);
    expect(fold(failed, { at: 99, event: failure })).toBe(failed);
    const done = foldAll(START, say("x"), finish("stop"), END);
    expect(fold(done, { at: 99, event: failure })).toBe(done);
  });

  it("gives back the same turn when nothing changed", () => {
    const turn = foldAll(START, END);
    expect(fold(turn, { at: 99, event: say("late") })).toBe(turn);
    expect(fold(turn, { at: 99, event: START })).toBe(turn);
  });
});

const result = (output: string, by: "typed" | "page" = "typed"): StreamEvent => ({
  type: "tool-result",
  stepId: "s1",
  id: "c1",
  result: { output, isError: false, origin: { by } },
});

describe("the fold of results", () => {
  const called = [startCall(), input("{}"), endCall, finish("tool_calls"), END];

  it.each(["", "0", "false"])("takes %j for a result", (output) => {
    expect(stepAfter(...called, result(output)).parts[0]).toMatchObject({
      status: {
        state: "answered",
        args: { valid: true, value: {} },
        result: { output, isError: false, origin: { by: "typed" } },
        at: 60,
      },
    });
  });

  it("runs an edited call with the new arguments, keeps the model's own, and takes them back", () => {
    const edit: StreamEvent = {
      type: "call-edit",
      stepId: "s1",
      id: "c1",
      edit: { text: '{"a":2}', isSentBack: true },
    };
    const edited = stepAfter(...called, edit).parts[0];
    expect(edited).toMatchObject({
      input: "{}",
      edit: { text: '{"a":2}', isSentBack: true },
      status: { state: "awaiting-result", args: { valid: true, value: { a: 2 } } },
    });
    const undone = stepAfter(...called, edit, { ...edit, edit: null }).parts[0];
    expect(undone).toEqual(stepAfter(...called).parts[0]);
    expect(stepAfter(...called, result("4"), edit).parts[0]).toEqual(
      stepAfter(...called, result("4")).parts[0],
    );
  });

  it("holds a result that a person must look at, and a question until it is settled", () => {
    const ran: StreamEvent = { type: "tool-run-start", stepId: "s1", id: "c1" };
    const long = { output: "x".repeat(9), isError: false, origin: { by: "javascript" } } as const;
    const question = {
      id: "q1",
      from: "everything",
      message: "Which city?",
      form: { kind: "fields", schema: { type: "object" } },
    } as const;
    const asked: StreamEvent = { type: "tool-run-ask", stepId: "s1", id: "c1", question };
    expect(stepAfter(...called, ran, asked).parts[0]).toMatchObject({
      status: { state: "running", question },
    });
    expect(stepAfter(...called, ran, asked, { ...asked, question: null }).parts[0]).toMatchObject({
      status: expect.not.objectContaining({ question: expect.anything() }),
    });
    const held = stepAfter(...called, ran, { type: "tool-run-hold", stepId: "s1", id: "c1", result: long });
    expect(held.parts[0]).toMatchObject({ status: { state: "awaiting-result", held: long } });
  });

  it("says why a lane waits that could go on by itself", () => {
    const pause = { why: "repeat", tool: "weather", times: 3 } as const;
    expect(stepAfter(...called, { type: "loop-pause", stepId: "s1", pause }).pause).toEqual(pause);
  });

  it("keeps since when the tool ran that gave it, and only that", () => {
    const ran: StreamEvent = { type: "tool-run-start", stepId: "s1", id: "c1" };
    const failed: StreamEvent = { type: "tool-run-fail", stepId: "s1", id: "c1", message: "No." };
    expect(stepAfter(...called, ran, result("22", "page")).parts[0]).toMatchObject({
      status: { state: "answered", ranFrom: 60, at: 70 },
    });
    expect(stepAfter(...called, ran, result("22", "typed")).parts[0]).toMatchObject({
      status: expect.not.objectContaining({ ranFrom: expect.anything() }),
    });
    expect(stepAfter(...called, ran, failed, result("22")).parts[0]).toMatchObject({
      status: expect.not.objectContaining({ ranFrom: expect.anything() }),
    });
  });

  it("replaces an earlier result", () => {
    expect(stepAfter(...called, result("a"), result("b")).parts[0]).toMatchObject({
      status: { result: { output: "b" } },
    });
  });

  it("answers a call of an earlier step", () => {
    const turn = foldAll(
      START,
      ...called,
      { type: "step-start", stepId: "s2", request: REQUEST },
      result("a"),
    );
    expect(turn.steps[0]?.parts[0]).toMatchObject({ status: { state: "answered" } });
  });

  it("takes none for a call that is unfinished, unknown, or whose step still runs", () => {
    expect(stepAfter(startCall(), END, result("a")).parts[0]).toMatchObject({
      status: { state: "unfinished" },
    });
    expect(stepAfter(startCall(), input("{}"), endCall, result("a")).parts[0]).toMatchObject({
      status: { state: "awaiting-result" },
    });
    expect(stepAfter(startText, END, result("a")).parts).toHaveLength(1);
  });
});

describe("calls that the provider runs", () => {
  const asked: readonly StreamEvent[] = [
    { type: "provider-call-start", id: "w", callId: "ws_1", name: "web_search" },
    { type: "provider-call-delta", id: "w", text: '{"query":"x"}' },
  ];
  const outcome = { output: null, sources: [{ url: "https://a.example", title: "A" }], error: null };
  const done: StreamEvent = { type: "provider-call-end", id: "w", outcome };

  it("keep the question and the outcome, and wait for nobody", () => {
    const step = stepAfter(...asked, done, { type: "finish", finish: { unified: "stop", raw: "stop" } }, END);
    expect([step.status, step.finish, step.parts]).toEqual([
      { state: "done" },
      { unified: "stop", raw: "stop" },
      [
        {
          type: "provider-call",
          id: "w",
          callId: "ws_1",
          name: "web_search",
          input: '{"query":"x"}',
          status: { state: "done", outcome },
          startedAt: 10,
          endedAt: 30,
          deltas: 1,
          replay: [],
        },
      ],
    ]);
  });

  it("are unfinished where the step ends first", () => {
    expect(stepAfter(...asked, END).parts[0]).toMatchObject({ status: { state: "unfinished" } });
  });
});

it("the fold adds citations to the text they belong to, and to nothing else", () => {
  const citation = { url: "https://a.example", title: "A", quote: "q", start: null, end: null };
  const step = stepAfter(
    startText,
    say("Hi"),
    { type: "citation", id: "t1", citation },
    { type: "citation", id: "nowhere", citation },
  );
  expect(step.parts).toEqual([
    {
      type: "text",
      id: "t1",
      text: "Hi",
      phase: null,
      citations: [citation],
      startedAt: 10,
      endedAt: null,
      deltas: 1,
      replay: [],
    },
  ]);
});

describe("the fold of parts that come whole", () => {
  const json = { type: "future_item", note: "new" };

  it("shows an item of an unknown type as received, and the newest version of it", () => {
    const newer = { ...json, note: "newer" };
    const step = stepAfter(
      { type: "unknown-part", id: "u", name: "future_item", json },
      { type: "unknown-part", id: "u", name: "future_item", json: newer },
    );
    expect(step.parts).toEqual([
      {
        type: "unknown",
        id: "u",
        name: "future_item",
        json: newer,
        startedAt: 10,
        endedAt: 20,
        deltas: 0,
        replay: [],
      },
    ]);
    expect([step.firstTokenAt, step.lastTokenAt]).toEqual([10, 10]);
  });

  it("shows a picture, and the newest version of it", () => {
    const [data, leftOut] = PICTURES;
    const step = stepAfter(
      { type: "image", id: "i", image: leftOut },
      { type: "replay", id: "i", item: "signed" },
      { type: "image", id: "i", image: data },
      END,
    );
    expect(step.parts).toEqual([
      { type: "image", id: "i", image: data, startedAt: 10, endedAt: 30, deltas: 0, replay: ["signed"] },
    ]);
  });

  it("ends the thought before it", () => {
    const step = stepAfter(
      { type: "reasoning-start", id: "r" },
      { type: "unknown-part", id: "u", name: "future_item", json },
    );
    expect(step.parts[0]).toMatchObject({ type: "reasoning", endedAt: 20 });
  });
});

it("the fold keeps what a text is for, which tags a thought came in, and the free text of a call unparsed", () => {
  const step = stepAfter(
    { type: "reasoning-start", id: "r", tags: { open: "<think>", close: "</think>" } },
    { type: "text-start", id: "c", phase: "commentary" },
    { type: "tool-input-start", id: "q", callId: "call_q", name: "query", form: "text" },
    { type: "tool-input-delta", id: "q", text: "SELECT 1" },
    { type: "tool-input-end", id: "q" },
  );
  expect(step.parts).toMatchObject([
    { type: "reasoning", tags: { open: "<think>", close: "</think>" } },
    { type: "text", phase: "commentary" },
    {
      type: "tool-call",
      form: "text",
      input: "SELECT 1",
      status: { state: "awaiting-result", args: { valid: true, value: "SELECT 1" } },
    },
  ]);
});

/** Characters that a person could see. */
function shownLength(turn: Turn): number {
  const parts = turn.steps.flatMap((step) => step.parts);
  return parts.reduce((sum, part) => sum + streamedText(part).length, 0);
}

describe("any events in any order", () => {
  const id = fc.constantFrom("a", "b", "c");
  const text = fc.constantFrom("", " ", "x", '{"a":1}', "é");
  const event: fc.Arbitrary<StreamEvent> = fc.oneof(
    fc.record({ type: fc.constant("step-start" as const), stepId: id, request: fc.constant(REQUEST) }),
    fc.constantFrom<StreamEvent>(
      { type: "step-queue", behind: "stream" },
      { type: "step-send" },
      { type: "step-stop" },
      END,
      { type: "step-end", error: ERROR },
      { type: "step-fail", error: ERROR },
    ),
    fc.record({
      type: fc.constantFrom("reasoning-start" as const, "text-start" as const, "text-to-reasoning" as const),
      id,
    }),
    fc.record({ type: fc.constant("tool-input-start" as const), id, callId: fc.constant(null), name: text }),
    fc.record({
      type: fc.constantFrom("reasoning-delta" as const, "text-delta" as const, "tool-input-delta" as const),
      id,
      text,
    }),
    fc.record({
      type: fc.constantFrom("reasoning-end" as const, "text-end" as const, "tool-input-end" as const),
      id,
    }),
    fc.record({
      type: fc.constant("unknown-part" as const),
      id,
      name: text,
      json: fc.constantFrom<Json>(null, { type: "future" }),
    }),
    fc.record({ type: fc.constant("image" as const), id, image: fc.constantFrom(...PICTURES) }),
    fc.record({
      type: fc.constant("replay" as const),
      id,
      item: fc.constantFrom<Json>(null, 0, "x", [1]),
    }),
    text.map((raw) => finish(raw)),
    fc.record({
      type: fc.constant("tool-result" as const),
      stepId: id,
      id,
      result: fc.constant({ output: "", isError: false, origin: { by: "typed" } as const }),
    }),
  );

  it("fold without throwing, one by one, and never take text away", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let turn = emptyTurn();
        for (const [at, each] of events.entries()) {
          const next = fold(turn, { at, event: each });
          expect(shownLength(next)).toBeGreaterThanOrEqual(shownLength(turn));
          expect(next.steps.length).toBeGreaterThanOrEqual(turn.steps.length);
          turn = next;
        }
      }),
    );
  });

  it("leave no part open once a step has ended, and no ended step without a last state", () => {
    const ended = new Set(["done", "truncated", "stopped", "failed"]);
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        for (const step of foldAll(START, ...events, END).steps) {
          expect(step.endedAt === null).toBe(!ended.has(step.status.state));
          if (step.endedAt !== null) expect(step.parts.filter((part) => part.endedAt === null)).toEqual([]);
        }
      }),
    );
  });
});
