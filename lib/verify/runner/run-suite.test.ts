import { expect, it } from "vitest";

import { buildCase, buildFacts, buildRun, buildSuite, buildTrial } from "@/lib/verify/__fixtures__/build-run";
import type { VerifyCase } from "@/lib/verify/case";
import type { Trial } from "@/lib/verify/trial";
import { trialName } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import {
  laneOf,
  openSink,
  RATE_LIMIT,
  REFUSED_HERE,
  type Script,
  scriptedHost,
} from "./__fixtures__/scripted-host";
import { openControl } from "./control";
import { planOf, trialsOf } from "./plan";
import { runSuite } from "./run-suite";

const YES: Script = () => ({ text: "yes" });

/** A run of these cases, not begun. */
function newRun(cases: readonly VerifyCase[], fields: Partial<VerifyRun> = {}): VerifyRun {
  return buildRun({
    suite: buildSuite(cases),
    lanes: [laneOf("a")],
    repetitions: 1,
    endedAt: null,
    ...fields,
  });
}

const PASS = { verdict: "pass", notes: [] } as const;
const namesOf = (trials: readonly Trial[]) => trials.map(({ key }) => `${key.lane} ${trialName(key)}`);

it("lanes try a case before the next one begins, and repetitions follow each other", async () => {
  const run = newRun([buildCase({ id: "one" }), buildCase({ id: "two" })], {
    lanes: [laneOf("a"), laneOf("b")],
    repetitions: 2,
  });
  const { ports, sent } = scriptedHost(YES);
  const ended = await runSuite({ run, budgetTokens: null, control: openControl() }, ports, openSink().sink);
  expect(namesOf(ended.trials)).toEqual([
    "0 one stream #1",
    "1 one stream #1",
    "0 two stream #1",
    "1 two stream #1",
    "0 one stream #2",
    "1 one stream #2",
    "0 two stream #2",
    "1 two stream #2",
  ]);
  expect(sent.join("")).toBe("abababab");
  expect(ended.endedAt).not.toBeNull();
});

it("a case that asks for effort runs at each level, the others at the lane's own", () => {
  const run = newRun([buildCase({ id: "one" }), buildCase({ id: "two", isPerEffort: true })], {
    lanes: [laneOf("a", { efforts: ["low", "high"] })],
  });
  expect(trialsOf(run).map(trialName)).toEqual(["one stream #1", "two stream low #1", "two stream high #1"]);
});

it("each finished trial reaches the sink at once, with a tape of its bytes", async () => {
  const sink = openSink();
  const { ports } = scriptedHost(({ nth }) => {
    expect(sink.trials).toHaveLength(nth - 1);
    return { text: "yes" };
  });
  const run = newRun([buildCase({ id: "one" }), buildCase({ id: "two" })]);
  await runSuite({ run, budgetTokens: null, control: openControl() }, ports, sink.sink);
  expect(sink.trials.map(({ verdict }) => verdict)).toEqual([
    { verdict: "pass", notes: [] },
    { verdict: "pass", notes: [] },
  ]);
  const [tape] = sink.tapes;
  expect(tape?.turns.map(({ prompt, records }) => [prompt, records.length])).toEqual([
    ["Say hi in Portuguese.", 1],
  ]);
  expect(tape?.writtenBy).toBe("1.2.3");
  expect(tape?.turns[0]?.records[0]?.chunks.length).toBeGreaterThan(0);
});

it("a tool answers from its case, and the trial counts steps, calls and tokens", async () => {
  const tool = buildCase({
    tools: [
      {
        name: "weather",
        description: "",
        parameters: { type: "object" },
        strict: null,
        answers: { by: "fixed", result: { output: "yes, 22 degrees", isError: false } },
      },
    ],
  });
  const { ports } = scriptedHost(({ body, nth }) => {
    if (nth === 1) return { call: "weather", args: { city: "Florence" } };
    return { text: JSON.stringify(body).includes("yes, 22 degrees") ? "yes" : "no" };
  });
  const { trials } = await runSuite(
    { run: newRun([tool]), budgetTokens: null, control: openControl() },
    ports,
    openSink().sink,
  );
  expect(trials.map(({ verdict, figures }) => [verdict.verdict, figures])).toEqual([
    [
      "pass",
      expect.objectContaining({
        steps: 2,
        calls: 1,
        promptTokens: 10,
        outputTokens: 20,
        costUsd: null,
        retries: 0,
      }),
    ],
  ]);
});

it("a run that goes on repeats no finished trial", async () => {
  const control = openControl();
  const first = scriptedHost(({ nth }) => {
    if (nth === 2) control.stop();
    return { text: "yes" };
  });
  const run = newRun([buildCase({ id: "one" }), buildCase({ id: "two" }), buildCase({ id: "three" })]);
  const cut = await runSuite({ run, budgetTokens: null, control }, first.ports, openSink().sink);
  expect([namesOf(cut.trials), cut.endedAt]).toEqual([["0 one stream #1"], null]);
  const second = scriptedHost(YES);
  const ended = await runSuite(
    { run: cut, budgetTokens: null, control: openControl() },
    second.ports,
    openSink().sink,
  );
  expect(namesOf(ended.trials)).toEqual(["0 one stream #1", "0 two stream #1", "0 three stream #1"]);
  expect(second.sent).toHaveLength(2);
  expect(ended.endedAt).not.toBeNull();
});

it("pause lets the trial that runs end, and begins no other until it goes on", async () => {
  const control = openControl();
  const sink = openSink();
  const { ports } = scriptedHost(({ nth }) => {
    if (nth === 1) control.pause();
    return { text: "yes" };
  });
  const waits = openControl();
  const paused = {
    ...control,
    mayBegin: () => {
      if (control.isPaused()) waits.stop();
      return control.mayBegin();
    },
  };
  const run = newRun([buildCase({ id: "one" }), buildCase({ id: "two" })]);
  const running = runSuite({ run, budgetTokens: null, control: paused }, ports, sink.sink);
  await new Promise((resolve) => {
    waits.signal.addEventListener("abort", resolve);
  });
  expect(namesOf(sink.trials)).toEqual(["0 one stream #1"]);
  control.goOn();
  expect(namesOf((await running).trials)).toEqual(["0 one stream #1", "0 two stream #1"]);
});

it("no trial begins once the budget of output tokens is spent", async () => {
  const cases = ["one", "two", "three"].map((id) => buildCase({ id }));
  const { ports } = scriptedHost(YES);
  const run = newRun(cases);
  const cut = await runSuite({ run, budgetTokens: 15, control: openControl() }, ports, openSink().sink);
  expect([namesOf(cut.trials), cut.endedAt]).toEqual([["0 one stream #1", "0 two stream #1"], null]);
});

it("a busy server is tried again, counted apart, and never fails a trial", async () => {
  const { ports, sent } = scriptedHost(({ nth }) => (nth <= 2 ? { error: RATE_LIMIT } : { text: "yes" }));
  const run = newRun([buildCase()]);
  const order = { run, budgetTokens: null, control: openControl() };
  const { trials } = await runSuite(order, ports, openSink().sink);
  expect(trials.map(({ verdict, figures }) => [verdict.verdict, figures.retries])).toEqual([["pass", 2]]);
  expect(sent).toHaveLength(3);
});

it("our own refusal starts the trial again, and is nobody's retry", async () => {
  const { ports, sent } = scriptedHost(({ nth }) => (nth <= 7 ? { error: REFUSED_HERE } : { text: "yes" }));
  const run = newRun([buildCase()]);
  const order = { run, budgetTokens: null, control: openControl() };
  const { trials } = await runSuite(order, ports, openSink().sink);
  expect(trials.map(({ verdict, figures }) => [verdict.verdict, figures.retries])).toEqual([["pass", 0]]);
  expect(sent).toHaveLength(8);
});

it("a server that changed under the run voids it, and a run does not go on with another server", async () => {
  const facts = [buildFacts(), buildFacts({ build: "b2" })];
  const { ports } = scriptedHost(YES, { factsOf: () => Promise.resolve(facts.shift() ?? null) });
  const run = newRun([buildCase()]);
  const order = { run, budgetTokens: null, control: openControl() };
  const ended = await runSuite(order, ports, openSink().sink);
  expect(ended.voided).toBe("llamacpp/a is not the server it was: build b11434-deadbee became b2.");

  const cut = newRun([buildCase()], { lanes: [laneOf("a", { before: buildFacts() })] });
  const other = scriptedHost(YES, {
    factsOf: () => Promise.resolve(buildFacts({ templateHash: "ffffffffffff" })),
  });
  const refused = await runSuite({ ...order, run: cut }, other.ports, openSink().sink);
  expect([refused.trials, other.sent]).toEqual([[], []]);
  expect(refused.voided).toContain("chat template 0a1b2c3d4e5f became ffffffffffff");
});

it.each([
  ["of itself, before the first trial", 1],
  ["of itself, behind the last trial", 2],
  ["of the prompt that it renders", 3],
])("a run ends when it is stopped, though its server does not answer what is asked %s", async (_what, at) => {
  const control = openControl();
  const never = (nth: number) => {
    if (nth !== at) return Promise.resolve(null);
    control.stop();
    return new Promise<never>(() => undefined);
  };
  let asked = 0;
  const { ports } = scriptedHost(YES, {
    factsOf: () => never((asked += 1)),
    renderPrompt: () => never(3),
  });
  const test = buildCase({ id: "E1", isPerEffort: true, expects: [{ grader: "effort-proof" }] });
  const lanes = [laneOf("a", { efforts: ["low", "high"], before: buildFacts(), after: buildFacts() })];
  const ended = await runSuite(
    { run: newRun([test], { lanes }), budgetTokens: null, control },
    ports,
    openSink().sink,
  );
  expect(ended.voided).toBeNull();
  // What was known of the server is not forgotten because it was not asked to the end.
  expect(ended.lanes.map(({ before, after }) => [before, after])).toEqual([
    [buildFacts(), at === 1 ? buildFacts() : null],
  ]);
});

it("what a server no longer says counts as unchanged", async () => {
  const facts = [buildFacts(), null];
  const { ports } = scriptedHost(YES, { factsOf: () => Promise.resolve(facts.shift() ?? null) });
  const order = { run: newRun([buildCase()]), budgetTokens: null, control: openControl() };
  expect(await runSuite(order, ports, openSink().sink)).toMatchObject({ voided: null });
});

it("a trial that is compared with its other mode gets its verdict once both are there", async () => {
  const both = buildCase({ id: "W6", modes: ["stream", "whole"], expects: [{ grader: "parity" }] });
  const sink = openSink();
  const { ports } = scriptedHost(({ body }) =>
    body["stream"] === true ? { text: "yes" } : { call: "weather", args: {} },
  );
  const order = { run: newRun([both]), budgetTokens: null, control: openControl() };
  const { trials } = await runSuite(order, ports, sink.sink);
  expect(sink.trials.map(({ verdict }) => verdict.verdict)).toEqual(["not-measured", "fail", "fail"]);
  expect(
    trials.map(({ verdict }) => (verdict.verdict === "fail" ? [verdict.fault, verdict.why] : [])),
  ).toEqual([
    ["parse", "The whole answer has weather(), and the stream nothing."],
    ["parse", "The stream has nothing, and the whole answer weather()."],
  ]);
});

it("a trial is not compared with one that could not be measured", async () => {
  const both = buildCase({ id: "W6", modes: ["stream", "whole"], expects: [{ grader: "parity" }] });
  const { ports } = scriptedHost(({ body }) =>
    body["stream"] === true ? { text: "yes" } : { error: RATE_LIMIT },
  );
  const order = { run: newRun([both]), budgetTokens: null, control: openControl() };
  const { trials } = await runSuite(order, ports, openSink().sink);
  expect(trials.map(({ verdict }) => verdict)).toEqual([
    {
      verdict: "not-measured",
      reason: "not-exercised",
      why: "No answer of the other mode is there to compare it with.",
    },
    { verdict: "not-measured", reason: "rate-limit", why: expect.stringContaining("limits requests") },
  ]);
});

it("a case about effort is graded with the rendered prompts and the tokens of every level so far", async () => {
  const effort = buildCase({ id: "E2", isPerEffort: true, expects: [{ grader: "effort-trend" }] });
  const { ports } = scriptedHost(({ body }) => ({ text: "yes", thoughtTokens: tokensAt(body) }), {
    renderPrompt: () => Promise.resolve("the same at every level"),
  });
  const lanes = [laneOf("a", { efforts: ["low", "high"] })];
  const run = newRun([effort], { lanes, repetitions: 3 });
  const sink = openSink();
  const { trials } = await runSuite({ run, budgetTokens: null, control: openControl() }, ports, sink.sink);
  expect(sink.trials[0]?.verdict).toEqual({
    verdict: "not-measured",
    reason: "not-exercised",
    why: "It takes 3 trials with counted thoughts per level; low has 1.",
  });
  expect(trials.map(({ verdict }) => verdict)).toEqual(
    trials.map(() => ({
      verdict: "fail",
      fault: "effort",
      blame: "template",
      why: "Tokens of thought do not rise with the effort. Medians: low 9, high 4.",
      evidence: [],
    })),
  );
});

/** More at "low", as if the levels were the wrong way round. */
function tokensAt(body: Readonly<Record<string, unknown>>): number {
  return JSON.stringify(body).includes('"low"') ? 9 : 4;
}

it("a case that has no request in the lane's dialect is skipped, and says so", async () => {
  const { ask } = buildCase();
  const bad = buildCase({ ask: { ...ask, patch: { gemini: { contents: null } } } });
  const { ports, sent } = scriptedHost(YES);
  const order = { run: newRun([bad]), budgetTokens: null, control: openControl() };
  const { trials } = await runSuite(order, ports, openSink().sink);
  expect(trials.map(({ verdict }) => verdict)).toEqual([
    { verdict: "skipped", why: "The case has no such request in the dialect chat-completions." },
  ]);
  expect(sent).toEqual([]);
});

it("a plan without a trial has no time: nothing was measured", () => {
  expect(planOf(newRun([buildCase()], { lanes: [] }), [buildTrial()])).toMatchObject({
    trials: [],
    estimatedMs: null,
    estimatedUsd: null,
  });
});

it("the plan counts requests and worst-case tokens before anything is sent, and times from trials before", () => {
  const { ask } = buildCase();
  const tool = {
    name: "weather",
    description: "",
    parameters: {},
    strict: null,
    answers: { by: "fixed", result: { output: "", isError: false } },
  } as const;
  const run = newRun(
    [
      buildCase({ id: "one" }),
      buildCase({ id: "two", tools: [tool], ask: { ...ask, maxSteps: 4, maxTokens: 500 } }),
    ],
    { lanes: [laneOf("a", { before: buildFacts({ contextTokens: 2_000 }) })], repetitions: 5 },
  );
  expect(planOf(run)).toMatchObject({
    requests: { usual: 10, most: 25 },
    // The cap is a quarter of the context where the case asks for more.
    worstOutputTokens: 5 * 500 + 5 * 4 * 500,
    estimatedMs: null,
    estimatedUsd: null,
    mostPassesThatAreWorse: 2,
  });
  const known = [buildTrial({ caseId: "one" }, PASS, { totalMs: 100, costUsd: 0.01 })];
  expect(planOf(run, known)).toMatchObject({ estimatedMs: 1_000 });
  expect(planOf(run, known).estimatedUsd).toBeCloseTo(0.1, 9);
});
