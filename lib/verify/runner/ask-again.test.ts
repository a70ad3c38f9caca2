import { describe, expect, it } from "vitest";

import { delta, DONE } from "@/lib/providers/__fixtures__/fold-chat";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import { replayTurn } from "@/lib/run/replay";
import type { RunError } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { readTape } from "@/lib/tape/read-tape";
import { writeTape } from "@/lib/tape/write-tape";
import { buildRun, buildSuite } from "@/lib/verify/__fixtures__/build-run";
import type { VerifyCase } from "@/lib/verify/case";
import { HERMES, OFFERED, S1, W6 } from "@/lib/verify/faults/__fixtures__/planted";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import type { Trial } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { laneOf, openSink, type Say, scriptedHost } from "./__fixtures__/scripted-host";
import { openControl } from "./control";
import { planOf } from "./plan";
import { runSuite } from "./run-suite";

/** S1 as a stream alone, at this temperature; null = the server's own. */
function newRun(temperature: number | null, of: VerifyCase = { ...S1, modes: ["stream"] }): VerifyRun {
  const { setup } = laneOf("a");
  const samplers: Record<string, number> = temperature === null ? {} : { temperature };
  return buildRun({
    suite: buildSuite([of]),
    lanes: [laneOf("a", { setup: { ...setup, samplers } })],
    repetitions: 1,
    endedAt: null,
  });
}

/** A stream of llama.cpp: the prompt is told at its end, what the model wrote is not. */
function stream(text: string, tokens: number, verbose: JsonObject = { content: "", prompt: OFFERED }): Say {
  return {
    bytes: sse(
      delta({ content: text }),
      { ...delta({}, "stop"), __verbose: verbose },
      { choices: [], usage: usageOf(tokens) },
      DONE,
    ),
  };
}

/** The same in one piece, where it is told. */
function whole(content: string, tokens: number, written: string, calls: readonly JsonObject[] = []): Say {
  const message = { role: "assistant", content, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
  return {
    bytes: JSON.stringify({
      object: "chat.completion",
      choices: [{ index: 0, message, finish_reason: calls.length === 0 ? "stop" : "tool_calls" }],
      usage: usageOf(tokens),
      __verbose: { content: written, prompt: OFFERED },
    }),
  };
}

function usageOf(tokens: number): JsonObject {
  return { prompt_tokens: 20, completion_tokens: tokens, total_tokens: 20 + tokens };
}

/** What is said of the only trial, and which bodies were sent. */
async function verified(run: VerifyRun, streamed: Say, asked: Say) {
  const bodies: Readonly<Record<string, unknown>>[] = [];
  const { ports } = scriptedHost(
    ({ body }) => {
      bodies.push(body);
      return body["stream"] === true ? streamed : asked;
    },
    { grade: gradeTrial },
  );
  const order = { run, budgetTokens: null, control: openControl() };
  const { sink, tapes } = openSink();
  const { trials } = await runSuite(order, ports, sink);
  return { said: trials.map(saidOf), bodies, tapes: tapes.flatMap((tape) => tape ?? []) };
}

function saidOf({ verdict, figures }: Trial): readonly unknown[] {
  return verdict.verdict === "fail"
    ? [verdict.fault, verdict.blame, figures.confirmations]
    : [verdict.verdict, figures.confirmations];
}

describe("a fault of a stream that what the model wrote would decide", () => {
  it("is decided by asking the same once more in one piece, counted apart", async () => {
    const { said, bodies } = await verified(newRun(0), stream(" ", 30), whole("", 30, HERMES));
    expect(said).toEqual([["parse", "server", 1]]);
    const [first, second] = bodies;
    const { stream_options: _options, ...rest } = first ?? {};
    expect(second).toEqual({ ...rest, stream: false });
    expect(bodies).toHaveLength(2);
  });

  it("is the model's where it wrote no call", async () => {
    const said = "It is 40 °C, I guess.";
    const answers = [stream(said, 12), whole(said, 12, `Hm.</think>${said}`)] as const;
    expect((await verified(newRun(0), ...answers)).said).toEqual([["choice", "model", 1]]);
  });

  it("stays undecided where the model wrote something else this time", async () => {
    const other = await verified(newRun(0), stream(HERMES, 30), whole("", 31, HERMES));
    expect(other.said).toEqual([["parse", "undecided", 1]]);
    const text = await verified(newRun(0), stream("It rains.", 30), whole("", 30, HERMES));
    expect(text.said).toEqual([["choice", "undecided", 1]]);
  });

  it("stays undecided where the server does not answer again", async () => {
    const refused: Say = {
      error: { source: "provider", code: "HTTP_500", message: "No.", status: 500, retryable: false },
    };
    expect((await verified(newRun(0), stream(HERMES, 30), refused)).said).toEqual([
      ["parse", "undecided", 1],
    ]);
  });

  it.each([
    ["the model would write something else anyway", newRun(0.8), stream(HERMES, 30)],
    ["nothing is said of the sampler", newRun(null), stream(HERMES, 30)],
    ["the server does not tell what a model writes", newRun(0), stream(HERMES, 30, {})],
  ])("is not asked about where %s", async (_why, run, streamed) => {
    const { said, bodies } = await verified(run, streamed, whole("", 30, HERMES));
    expect(said).toEqual([["parse", "undecided", 0]]);
    expect(bodies).toHaveLength(1);
  });

  it("is decided by the whole answer where both modes are compared", async () => {
    const call = {
      id: "a",
      type: "function",
      function: { name: "weather", arguments: '{"location": "Oslo"}' },
    };
    const both: VerifyCase = { ...W6, expects: [{ grader: "parity" }] };
    const wrote = HERMES.replace("Florence", "Oslo");
    const { said } = await verified(newRun(0, both), stream("Hm.", 30), whole("", 30, `Hm.${wrote}`, [call]));
    expect(said).toEqual([
      ["parse", "server", 0],
      ["parse", "server", 0],
    ]);
  });
});

describe("what was asked once more", () => {
  it("stands on the trial's tape beside the turn that it is of, with its request and every byte of its answer", async () => {
    const answer = whole("", 30, HERMES);
    const { bodies, tapes } = await verified(newRun(0), stream(" ", 30), answer);
    const file = writeTape(tapes[0] ?? expect.unreachable("each trial has a tape"));
    const read = readTape(file);
    const { tape, notes } = read.ok ? read : expect.unreachable(read.reason);
    expect(notes).toEqual([]);
    expect(tape.lanes.map(({ leaf }) => leaf)).toEqual(["turn-1"]);
    expect(tape.turns.map(({ id, parentId, promptId, notes: own }) => [id, parentId, promptId, own])).toEqual(
      [
        [
          "turn-1",
          null,
          "prompt-1",
          ["Step 1 was sent once more in one piece, to learn what the model wrote: see the other branch."],
        ],
        [
          "turn-1-again",
          null,
          "prompt-1",
          [
            "No part of the trial: the request of step 1 in one piece, because a stream does not tell what the model wrote.",
          ],
        ],
      ],
    );
    const [first, again] = tape.turns.map((turn) => turn.records);
    expect([first, again].map((records) => records?.map(({ request }) => JSON.parse(request)))).toEqual([
      [bodies[0]],
      [bodies[1]],
    ]);
    const bytes = again?.flatMap(({ chunks }) =>
      chunks.map((chunk) => new TextDecoder().decode(chunk.bytes)),
    );
    expect(bytes?.join("")).toBe("bytes" in answer ? answer.bytes : "");
    const ended = tape.turns.map(({ events, records }) => replayTurn(events, records).turn.steps);
    expect(ended.map((steps) => steps.map(({ status }) => status.state))).toEqual([["done"], ["done"]]);
    expect((tape.turns[1]?.startUs ?? 0) >= (tape.turns[0]?.startUs ?? 0)).toBe(true);
  });

  it("stands on the tape with its error where the server did not answer", async () => {
    const error: RunError = {
      source: "provider",
      code: "HTTP_500",
      message: "No.",
      status: 500,
      retryable: false,
    };
    const { tapes } = await verified(newRun(0), stream(HERMES, 30), { error });
    const again = tapes[0]?.turns[1] ?? expect.unreachable("it was asked");
    const [step] = replayTurn(again.events, again.records).turn.steps;
    expect(step?.status).toEqual({ state: "failed", error });
  });

  it("is on no tape where nothing was asked", async () => {
    const { tapes } = await verified(newRun(0.8), stream(HERMES, 30), whole("", 30, HERMES));
    expect(tapes.map(({ turns, lanes }) => [turns.length, lanes[0]?.leaf])).toEqual([[1, null]]);
  });
});

it("the plan counts what may be asked once more", () => {
  expect(planOf(newRun(0))).toMatchObject({
    confirmations: 1,
    requests: { most: 6 },
    worstOutputTokens: 7 * 1024,
  });
  expect(planOf(newRun(0.8))).toMatchObject({ confirmations: 0, worstOutputTokens: 6 * 1024 });
});
