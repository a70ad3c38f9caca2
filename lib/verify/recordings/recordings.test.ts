import { expect, it } from "vitest";

import { buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import type { Exchange } from "@/lib/tape/exchange";
import { tapeOfExchanges } from "@/lib/tape/of-exchanges";
import { buildSuite } from "@/lib/verify/__fixtures__/build-run";
import { casesOf } from "@/lib/verify/suite/vitrine-1";
import { trialName } from "@/lib/verify/trial";

import { recordedLanes } from "./lanes-of";
import { readFileName } from "./match-case";
import { recordedTurns } from "./recorded-turns";

const SEED = buildSuite(casesOf("seed"));

it.each([
  ["a/multi_tool_streaming.yaml", "P1", "stream"],
  ["a/thinking-streaming.yaml", "W4", "stream"],
  ["tool.yaml", "S1", "whole"],
  ["a/simple_object.yaml", null, "whole"],
  ["a/constructor.yaml", null, "whole"],
])("the name %s says which case and mode it is", (file, caseId, mode) => {
  expect(readFileName(file)).toMatchObject({ caseId, mode });
});

const WEATHER = {
  type: "function",
  function: {
    name: "weather",
    description: "Get weather",
    parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
  },
};
const ASKED = { role: "user", content: "What is the weather in Florence, please?" };
const CALL = {
  id: "c1",
  type: "function",
  function: { name: "weather", arguments: '{"location":"Florence, Italy"}' },
};

/** A whole answer to a request of chat completions. */
function exchange(
  messages: readonly object[],
  message: object,
  finish: string,
  tools: readonly object[] = [WEATHER],
): Exchange {
  const body = {
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  };
  return {
    method: "POST",
    url: "https://api.example/v1/chat/completions",
    requestHeaders: [],
    requestBody: JSON.stringify({ model: "m", messages, ...(tools.length === 0 ? {} : { tools }) }),
    startedAt: null,
    status: 200,
    statusText: "OK",
    headers: [["Content-Type", "application/json"]],
    headUs: null,
    chunks: [{ us: 1, bytes: new TextEncoder().encode(JSON.stringify(body)) }],
    timing: "missing",
    end: { us: 1, how: "closed" },
  };
}

const called = exchange([ASKED], { role: "assistant", content: null, tool_calls: [CALL] }, "tool_calls");
const ANSWER = { output: "40 C", isError: false, origin: { by: "recorded" } };
const RESULT = { role: "tool", tool_call_id: "c1", content: "40 C" };

/** The second request of the conversation, answered with this. */
function answered(content: string): Exchange {
  return exchange(
    [ASKED, { role: "assistant", tool_calls: [CALL] }, RESULT],
    { role: "assistant", content },
    "stop",
  );
}

function fileOf(path: string, exchanges: readonly Exchange[]) {
  return { path, tape: tapeOfExchanges(exchanges, "go-vcr")?.tape ?? null, limit: null };
}

it("a recorded conversation is graded as one turn, with its own prompt, tools and results", () => {
  const { lanes, trials, notes } = recordedLanes(
    [
      fileOf("good/tool.yaml", [called, answered("It is 40 °C.")]),
      fileOf("bad/tool.yaml", [called, answered("It is cold.")]),
    ],
    [],
    SEED,
    0,
  );
  expect(lanes.map(({ label, from }) => [label, from])).toEqual([
    ["bad", "recordings"],
    ["good", "recordings"],
  ]);
  const measured = trials.filter(({ verdict }) => verdict.verdict !== "skipped");
  // The format has no times: none is made up.
  const figures = expect.objectContaining({
    steps: 2,
    calls: 1,
    totalMs: 0,
    firstCallMs: null,
    outputTokens: 4,
  });
  expect(
    measured.map((trial) => [trial.key.lane, trialName(trial.key), trial.verdict.verdict, trial.figures]),
  ).toEqual([
    [0, "S1 whole #1", "fail", figures],
    [1, "S1 whole #1", "pass", figures],
  ]);
  expect(trials).toHaveLength(16);
  expect(notes).toEqual([]);
});

it("the next request of a recording gives the calls before it their results, in the same turn", () => {
  const made = tapeOfExchanges([called, answered("It is 40 °C.")], "go-vcr");
  if (made === null) throw new Error("Two exchanges make a tape.");
  const { turns, prompts } = recordedTurns(made.tape, 0);
  expect(prompts).toEqual([ASKED.content]);
  expect(turns.map(({ steps }) => steps.map(({ parts }) => parts))).toEqual([
    [
      [expect.objectContaining({ status: expect.objectContaining({ state: "answered", result: ANSWER }) })],
      [expect.objectContaining({ type: "text", text: "It is 40 °C." })],
    ],
  ]);
});

it("of branches the one that was shown is graded, and no other", () => {
  const turns = [
    ["first", null],
    ["second", "first"],
    ["again", "first"],
  ] as const;
  const [lane = expect.unreachable("a tape has a lane")] = buildTape().lanes;
  const shown = (leaf: string | null) =>
    recordedTurns(
      buildTape({
        lanes: [{ ...lane, leaf }],
        turns: turns.map(([id, parentId]) => buildTapeTurn({ id, parentId, prompt: id })),
      }),
      0,
    ).prompts;
  expect(shown("second")).toEqual(["first", "second"]);
  expect(shown(null)).toEqual(["first", "again"]);
});

it("a file of another name belongs to the case with its last prompt and its tools, and to none otherwise", () => {
  const hi = { role: "user", content: "say hi, in Portuguese!" };
  const { trials, notes } = recordedLanes(
    [
      fileOf("a/first.yaml", [exchange([hi], { role: "assistant", content: "Olá!" }, "stop", [])]),
      fileOf("a/second.yaml", [exchange([ASKED], { role: "assistant", content: "No." }, "stop", [])]),
      { path: "a/third.yaml", tape: null, limit: null },
    ],
    [],
    SEED,
    2,
  );
  expect(
    trials
      .filter(({ verdict }) => verdict.verdict !== "skipped")
      .map(({ key }) => [key.lane, trialName(key)]),
  ).toEqual([[2, "W1 whole #1"]]);
  expect(notes).toEqual([
    "1 of the files match no case: a/second.yaml.",
    "1 of the files cannot be read: a/third.yaml.",
  ]);
});

it("a name is not believed where other tools were offered", () => {
  const other = exchange([ASKED], { role: "assistant", content: "No." }, "stop", []);
  expect(recordedLanes([fileOf("a/tool.yaml", [other])], [], SEED, 0).notes).toEqual([
    "1 of the files match no case: a/tool.yaml.",
  ]);
});

it("each case of a system without files is skipped, and a known limit is named", () => {
  const { lanes, trials } = recordedLanes([], ["Suite/openai-o4-mini"], SEED, 0);
  expect(lanes.map(({ label }) => label)).toEqual(["Suite/openai-o4-mini"]);
  expect(
    new Set(
      trials.map(({ key, verdict }) => `${key.caseId}: ${verdict.verdict === "skipped" ? verdict.why : ""}`),
    ),
  ).toEqual(
    new Set([
      "W1: not recorded",
      "W4: not recorded",
      "S1: not recorded",
      "P1: not recorded (known limit: this model makes no parallel calls)",
    ]),
  );
});

it("what Vitrine cannot read is skipped in the mode that its name says", () => {
  const file = {
    ...fileOf("a/simple_streaming.yaml", [called]),
    limit: "recorded in a form that is not read",
  };
  const { trials } = recordedLanes([file], [], SEED, 0);
  expect(trials.find(({ key }) => trialName(key) === "W1 stream #1")?.verdict).toEqual({
    verdict: "skipped",
    why: "recorded in a form that is not read",
  });
});
