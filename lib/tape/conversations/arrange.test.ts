/** What exchanges tell of the run that they were part of, and what they don't. */
import { describe, expect, it } from "vitest";

import { replayTurn } from "@/lib/run/replay";
import type { Step } from "@/lib/stream/turn/turn";
import type { Exchange } from "@/lib/tape/exchange";
import { tapeOfExchanges } from "@/lib/tape/of-exchanges";

const CHAT = "http://127.0.0.1:1/v1/chat/completions";
const HI = { role: "user", content: "Weather?" };
const MORE = { role: "user", content: "And tomorrow?" };

type Call = readonly [id: string, name: string, args: string];
type Said = { readonly text?: string; readonly calls?: readonly Call[]; readonly status?: number };

function callsOf(calls: readonly Call[]) {
  return calls.map(([id, name, args]) => ({ id, type: "function", function: { name, arguments: args } }));
}

/** The message that stands for an answer where it is sent back. */
function answer({ text, calls = [] }: Said) {
  return {
    role: "assistant",
    content: text ?? null,
    ...(calls.length > 0 ? { tool_calls: callsOf(calls) } : {}),
  };
}

function result(id: string, content: string) {
  return { role: "tool", tool_call_id: id, content };
}

type Sent = { readonly model?: string; readonly at?: number; readonly more?: object };

/** An exchange of chat completions; `at` in ms, of which it takes one. */
function exchange(messages: readonly object[], said: Said, { model = "m", at, more }: Sent = {}): Exchange {
  const { status = 200, text, calls = [] } = said;
  const body =
    status === 200
      ? {
          choices: [
            {
              index: 0,
              message: { role: "assistant", content: text ?? null, tool_calls: callsOf(calls) },
              finish_reason: calls.length > 0 ? "tool_calls" : "stop",
            },
          ],
        }
      : { error: { message: "No." } };
  return {
    method: "POST",
    url: CHAT,
    requestHeaders: [],
    requestBody: JSON.stringify({ model, messages, ...more }),
    startedAt: at === undefined ? null : 1_764_400_000_000 + at,
    status,
    statusText: "",
    headers: [["content-type", "application/json"]],
    headUs: null,
    chunks: [{ us: 1_000, bytes: new TextEncoder().encode(JSON.stringify(body)) }],
    timing: at === undefined ? "missing" : "measured",
    end: { us: 1_000, how: "closed" },
  };
}

/** A step as its retries, texts, calls with what they got, and its state where it is not done. */
function saidIn({ status, retries, parts }: Step): string {
  const said = parts.map((part) => {
    if (part.type !== "tool-call") return "text" in part ? part.text : part.type;
    const got = part.status.state === "answered" ? part.status.result.output : part.status.state;
    return `${part.name}(${part.input}) = ${got}`;
  });
  const retried = retries.map(({ error }) => `retry after ${error.status}`);
  return [...retried, ...said, ...(status.state === "done" ? [] : [status.state])].join(", ");
}

/** Each lane as its turns, each turn as its prompt and its steps. */
function made(...exchanges: readonly Exchange[]) {
  const { tape, notes } = tapeOfExchanges(exchanges, "HAR file") ?? expect.unreachable("there are exchanges");
  const lanes = tape.lanes.map((_lane, lane) =>
    tape.turns
      .filter((turn) => turn.lane === lane)
      .map(({ prompt, events, records }) =>
        [prompt].concat(replayTurn(events, records).turn.steps.map(saidIn)),
      ),
  );
  return { lanes, notes, tape };
}

/** An exchange of the Responses API. */
function responses(body: object, text: string, id: string): Exchange {
  const message = { type: "message", id: "t", role: "assistant", content: [{ type: "output_text", text }] };
  const answered = { id, object: "response", status: "completed", model: "m", output: [message] };
  return {
    ...exchange([], {}),
    url: "http://127.0.0.1:1/v1/responses",
    requestBody: JSON.stringify({ model: "m", ...body }),
    chunks: [{ us: 1_000, bytes: new TextEncoder().encode(JSON.stringify(answered)) }],
  };
}

function offering(description: string) {
  const weather = { name: "weather", description, parameters: { type: "object" } };
  return { tools: [{ type: "function", function: weather }] };
}

const CALL: Call = ["c1", "weather", '{"city":"Pisa"}'];
const called = exchange([HI], { calls: [CALL] });
const loop = [HI, answer({ calls: [CALL] }), result("c1", "22")];

describe("a request goes on from an earlier one", () => {
  it("as a step with results, and as the next turn with a prompt", () => {
    const talk = [...loop, answer({ text: "22 degrees." }), MORE];
    const { lanes, notes, tape } = made(
      called,
      exchange(loop, { text: "22 degrees." }),
      exchange(talk, { text: "23." }),
    );
    expect(lanes).toEqual([
      [
        ["Weather?", 'weather({"city":"Pisa"}) = 22', "22 degrees."],
        ["And tomorrow?", "23."],
      ],
    ]);
    expect(notes).toEqual([]);
    expect(tape.turns.map(({ id, parentId }) => [id, parentId])).toEqual([
      ["turn-1", null],
      ["turn-2", "turn-1"],
    ]);
  });

  it("with the results of calls in any order, by their ids", () => {
    const calls: readonly Call[] = [
      ["a", "weather", '{"city":"Pisa"}'],
      ["b", "weather", '{"city":"Rome"}'],
    ];
    const next = [HI, answer({ calls }), result("b", "30"), result("a", "22")];
    expect(made(exchange([HI], { calls }), exchange(next, { text: "Warm." })).lanes).toEqual([
      [["Weather?", 'weather({"city":"Pisa"}) = 22, weather({"city":"Rome"}) = 30', "Warm."]],
    ]);
  });

  it("where its calls went back with other arguments and ids", () => {
    const next = [HI, answer({ calls: [["call_1", "weather", '{"city":"Rome"}']] }), result("call_1", "30")];
    expect(made(called, exchange(next, { text: "Warm." })).lanes).toEqual([
      [["Weather?", 'weather({"city":"Pisa"}) = 30', "Warm."]],
    ]);
  });

  it("where the messages before its calls were cut, by the ids of the calls", () => {
    const { lanes, notes } = made(called, exchange(loop.slice(1), { text: "22 degrees." }));
    expect(lanes).toEqual([[["Weather?", 'weather({"city":"Pisa"}) = 22', "22 degrees."]]]);
    expect(notes).toEqual([]);
  });

  it("that it names by its id", () => {
    const talk = [
      responses({ input: [HI] }, "22.", "r1"),
      responses({ input: [MORE], previous_response_id: "r1" }, "23.", "r2"),
    ];
    const { lanes, notes } = made(...talk);
    expect(lanes).toEqual([
      [
        ["Weather?", "22."],
        ["And tomorrow?", "23."],
      ],
    ]);
    expect(notes).toEqual([]);
  });

  it("with the same settings, where lanes were answered alike", () => {
    const talk = [HI, answer({ text: "22." }), MORE];
    const { lanes } = made(
      exchange([HI], { text: "22." }, { model: "m" }),
      exchange([HI], { text: "22." }, { model: "n" }),
      exchange(talk, { text: "of n" }, { model: "n" }),
      exchange(talk, { text: "of m" }, { model: "m" }),
    );
    expect(lanes.map((lane) => lane.at(-1))).toEqual([
      ["And tomorrow?", "of m"],
      ["And tomorrow?", "of n"],
    ]);
  });

  it("and shows a call as open that the model was told had no result", () => {
    const passed = [HI, answer({ calls: [CALL] }), result("c1", "No result was given for this call."), MORE];
    expect(made(called, exchange(passed, { text: "Sorry." })).lanes).toEqual([
      [
        ["Weather?", 'weather({"city":"Pisa"}) = awaiting-result'],
        ["And tomorrow?", "Sorry."],
      ],
    ]);
  });

  it("as a branch where another one went on from the same answer, and says so where steps are missing in it", () => {
    const other = [...loop.slice(0, 2), result("c1", "30")];
    const { lanes, notes, tape } = made(
      called,
      exchange(loop, { text: "22 degrees." }),
      exchange(other, { text: "30 degrees." }),
    );
    expect(lanes).toEqual([
      [
        ["Weather?", 'weather({"city":"Pisa"}) = 22', "22 degrees."],
        ["Weather?", "30 degrees."],
      ],
    ]);
    expect(tape.turns.map(({ parentId }) => parentId)).toEqual([null, null]);
    expect(notes).toEqual([
      "Exchange 3 goes on from calls that an earlier exchange went on from too: a branch without the steps before it.",
    ]);
  });

  it("over answers that were not recorded, which a note says", () => {
    const talk = [
      HI,
      answer({ text: "22." }),
      MORE,
      answer({ text: "23." }),
      { role: "user", content: "Thanks" },
    ];
    const { lanes, notes } = made(exchange([HI], { text: "22." }), exchange(talk, { text: "Bye." }));
    expect(lanes).toEqual([
      [
        ["Weather?", "22."],
        ["Thanks", "Bye."],
      ],
    ]);
    expect(notes).toEqual([
      "Answers that stand in the request of exchange 2 were not recorded: their steps are missing.",
    ]);
  });

  it("as another attempt where it failed before an answer", () => {
    const { lanes, notes, tape } = made(
      exchange([HI], { status: 503 }, { at: 0 }),
      exchange([HI], { text: "22." }, { at: 900 }),
    );
    expect(lanes).toEqual([[["Weather?", "retry after 503, 22."]]]);
    expect(notes).toEqual([]);
    expect(tape.turns[0]?.records.map(({ stepId, attempt }) => [stepId, attempt])).toEqual([
      ["exchange-1", 1],
      ["exchange-1", 2],
    ]);
  });
});

describe("conversations", () => {
  it("with the same first prompt are lanes, whose turns share their prompts", () => {
    const talk = (text: string) => [HI, answer({ text }), MORE];
    const { lanes, notes, tape } = made(
      exchange([HI], { text: "22." }, { model: "m", at: 0 }),
      exchange([HI], { text: "30." }, { model: "n", at: 0 }),
      exchange(talk("30."), { text: "31." }, { model: "n", at: 10 }),
      exchange(talk("22."), { text: "23." }, { model: "m", at: 20 }),
    );
    expect(lanes).toEqual([
      [
        ["Weather?", "22."],
        ["And tomorrow?", "23."],
      ],
      [
        ["Weather?", "30."],
        ["And tomorrow?", "31."],
      ],
    ]);
    expect(notes).toEqual([]);
    expect(tape.lanes.map(({ label }) => label)).toEqual(["m", "n"]);
    const ids = tape.turns.map(({ promptId }) => promptId);
    expect([ids[0] === ids[1], ids[2] === ids[3], ids[0] === ids[2]]).toEqual([true, true, false]);
  });

  it("that differ in settings alone are lanes, and each later one stands in the lane of its settings", () => {
    const low = { more: { reasoning_effort: "low" } };
    const high = { more: { reasoning_effort: "high" } };
    const { lanes, tape } = made(
      exchange([HI], { text: "a" }, low),
      exchange([HI], { text: "b" }, high),
      exchange([MORE], { text: "c" }, high),
      exchange([MORE], { text: "d" }, low),
    );
    expect(lanes).toEqual([
      [
        ["Weather?", "a"],
        ["And tomorrow?", "d"],
      ],
      [
        ["Weather?", "b"],
        ["And tomorrow?", "c"],
      ],
    ]);
    expect(tape.lanes.map(({ setup }) => setup.effort)).toEqual(["low", "high"]);
  });

  it("that are equal are lanes that begin at once, which a note says is not told", () => {
    const { lanes, notes, tape } = made(exchange([HI], { text: "a" }), exchange([HI], { text: "b" }));
    expect(lanes).toEqual([[["Weather?", "a"]], [["Weather?", "b"]]]);
    expect(tape.turns.map(({ startUs }) => startUs)).toEqual([0, 0]);
    expect(notes).toEqual([
      "Exchange 2 asks what an earlier one asked with the same settings. The file doesn't tell lanes from repeats: it is shown as a lane.",
    ]);
  });

  it("that failed at once are lanes, not attempts", () => {
    const { lanes } = made(
      exchange([HI], { status: 503 }, { at: 0 }),
      exchange([HI], { text: "b" }, { at: 0.5 }),
    );
    expect(lanes).toEqual([[["Weather?", "failed"]], [["Weather?", "b"]]]);
  });

  it("with other prompts stand below each other, which a note says", () => {
    const { lanes, notes, tape } = made(
      exchange([HI], { text: "a" }),
      exchange([MORE], { text: "b" }, { model: "n" }),
    );
    expect(lanes).toEqual([
      [
        ["Weather?", "a"],
        ["And tomorrow?", "b"],
      ],
    ]);
    expect(tape.turns.map(({ parentId }) => parentId)).toEqual([null, "turn-1"]);
    expect(notes).toEqual([
      "No earlier exchange was found that exchange 2 goes on from: it stands below the others as another conversation.",
    ]);
  });

  it("of more than eight lanes stand below the others, which a note says", () => {
    const { lanes, notes } = made(
      ...Array.from({ length: 10 }, (_each, index) => exchange([HI], { text: "a" }, { model: `m${index}` })),
    );
    expect(lanes.map(({ length }) => length)).toEqual([2, 2, 1, 1, 1, 1, 1, 1]);
    expect(notes).toEqual([
      "There are at most 8 lanes: exchanges 9 and 10 would be more and stand below the others.",
    ]);
  });
});

it("the tools that requests offered are those of the lanes, each name once", () => {
  const { tape, notes } = made(
    exchange([HI], { text: "a" }, { more: offering("Old") }),
    exchange([HI], { text: "b" }, { model: "n" }),
    exchange([HI], { text: "c" }, { model: "o", more: offering("New") }),
  );
  expect(tape.tools).toMatchObject([{ id: "tool-1", name: "weather", description: "Old" }]);
  expect(tape.lanes.map(({ setup }) => setup.tools)).toEqual([["tool-1"], [], ["tool-1"]]);
  expect(notes).toEqual(["Tools changed along the way, and are listed as they were first: weather."]);
});
