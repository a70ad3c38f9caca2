import { describe, expect, it } from "vitest";

import {
  buildCase,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
  notMeasured,
} from "@/lib/verify/__fixtures__/build-run";
import type { Trial, Verdict } from "@/lib/verify/trial";

import { writeJunit } from "./junit";
import { notPassedLines, tableText, writeMarkdown } from "./markdown";
import { outcomeOf } from "./outcome";

const PASS: Verdict = { verdict: "pass", notes: [] };
const SKIPPED: Verdict = { verdict: "skipped", why: "not recorded" };

/** `passes` of five trials of a case in a lane. */
function five(lane: number, caseId: string, passes: number): readonly Trial[] {
  return [0, 1, 2, 3, 4].map((repetition) =>
    buildTrial({ lane, caseId, repetition }, repetition < passes ? PASS : failed()),
  );
}

const two = buildRun({
  suite: buildSuite([
    buildCase({ id: "W1", modes: ["whole", "stream"] }),
    buildCase({ id: "S1", group: "single", title: "weather | in Florence" }),
  ]),
  repetitions: 1,
  lanes: [buildLane("llamacpp/a"), buildLane("recorded/b", { from: "recordings" })],
  trials: [
    buildTrial({ mode: "whole" }),
    buildTrial({ mode: "stream" }, failed("leak", "server")),
    buildTrial({ caseId: "S1" }, notMeasured("context")),
    buildTrial({ lane: 1, mode: "whole" }, SKIPPED),
    buildTrial({ lane: 1, mode: "stream" }, SKIPPED),
    buildTrial({ lane: 1, caseId: "S1" }),
  ],
});

it("a run as Markdown has its servers, its cells and each trial that did not pass", () => {
  expect(writeMarkdown(two)).toBe(`# vitrine-1, seed: each trial once

- llamacpp/a: smollm2-135m-instruct-q8\\_0.gguf, Q8\\_0, template 0a1b2c3d4e5f, build b11434-deadbee, context 8192 tokens
- recorded/b: recordings, nothing was sent
- suite 555555555555, 2023-11-14T22:13:20.000Z

| case | llamacpp/a | recorded/b |
|---|---|---|
| wire | 50 % | – |
| W1 whole says hi in Portuguese | 1/1 | skipped |
| W1 stream says hi in Portuguese | 0/1 leak | skipped |
| single | – | 100 % |
| S1 stream weather \\| in Florence | not measured | 1/1 |

Passes of measured trials, with Wilson's 95 % interval. A group has the mean of its cases and a bootstrap over them.

- 1 of its trials could not be measured.

## What did not pass

- llamacpp/a W1 stream: leak, server: Expected city "Florence", received "Paris".
- llamacpp/a S1 stream: not measured (context): The server answered 429 to every attempt.
- recorded/b W1 whole, W1 stream: skipped: not recorded
`);
});

it("a run as JUnit has a suite for each lane, a test for each trial, and text that XML can hold", () => {
  const run = buildRun({
    lanes: [buildLane('llamacpp/"a" & b')],
    trials: [
      buildTrial({}, PASS, { totalMs: 1234 }),
      buildTrial(
        { repetition: 1 },
        {
          verdict: "fail",
          fault: "argument",
          blame: "model",
          why: "Said <b>\u0000\ud800\nno.",
          evidence: [
            {
              at: "argument",
              turn: 0,
              step: 1,
              part: "call-1",
              path: "/city",
              frames: { first: 2, last: 4 },
            },
            { at: "frame", turn: 0, step: 1, frame: 6 },
          ],
        },
      ),
      buildTrial({ repetition: 2 }, notMeasured("rate-limit")),
      buildTrial({ repetition: 3 }, SKIPPED),
    ],
  });
  expect(writeJunit(run)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="vitrine-1 seed">
  <testsuite name="llamacpp/&quot;a&quot; &amp; b" tests="4" failures="1" errors="0" skipped="2" time="3.934" timestamp="2023-11-14T22:13:20.000Z">
    <testcase name="W1 stream #1: says hi in Portuguese" classname="llamacpp/&quot;a&quot; &amp; b.wire" time="1.234"/>
    <testcase name="W1 stream #2: says hi in Portuguese" classname="llamacpp/&quot;a&quot; &amp; b.wire" time="0.900">
      <failure type="argument" message="Said &lt;b&gt;\ufffd\ufffd&#10;no.">argument, model: Said &lt;b&gt;\ufffd\ufffd&#10;no.&#10;Seen in turn 1, step 2, argument /city, frames 3–5; turn 1, step 2, frame 7.</failure>
    </testcase>
    <testcase name="W1 stream #3: says hi in Portuguese" classname="llamacpp/&quot;a&quot; &amp; b.wire" time="0.900">
      <skipped message="not measured (rate-limit): The server answered 429 to every attempt."/>
    </testcase>
    <testcase name="W1 stream #4: says hi in Portuguese" classname="llamacpp/&quot;a&quot; &amp; b.wire" time="0.900">
      <skipped message="not recorded"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

it("a table has cases down and lanes across, and many lanes down", () => {
  expect(tableText(two)).toBe(
    [
      "case                             llamacpp/a    recorded/b",
      "wire                             50 %          –",
      "W1 whole says hi in Portuguese   1/1           skipped",
      "W1 stream says hi in Portuguese  0/1 leak      skipped",
      "single                           –             100 %",
      "S1 stream weather | in Florence  not measured  1/1",
    ].join("\n"),
  );
  const lanes = ["a", "b", "c", "d", "e", "f", "g"].map((name) => buildLane(name));
  const many = buildRun({ lanes, trials: [...five(0, "W1", 4), ...five(6, "W1", 5)] });
  expect(tableText(many).split("\n")).toEqual([
    "lane  W1 stream",
    "a     4/5 (38–96 %) pass^3 40 % argument",
    ...["b", "c", "d", "e", "f"].map((name) => `${name}     –`),
    "g     5/5 (57–100 %)",
  ]);
});

it("repetitions that failed alike share a line", () => {
  expect(notPassedLines(buildRun({ trials: five(0, "W1", 3) }))).toEqual([
    'llamacpp/smollm2-135m W1 stream #4, W1 stream #5: argument, model: Expected city "Florence", received "Paris".',
  ]);
});

describe("the outcome of a run", () => {
  const lanes = [buildLane("a"), buildLane("b")];
  const suite = buildSuite([buildCase({ id: "W1" }), buildCase({ id: "W2" })]);
  const run = (first: number, second: number) =>
    buildRun({
      suite,
      lanes,
      trials: [...five(0, "W1", 5), ...five(1, "W1", first), ...five(0, "W2", 5), ...five(1, "W2", second)],
    });
  const reference = { kind: "reference", lane: 0 } as const;

  it("is good without a bar where all was measured, whatever failed", () => {
    expect(outcomeOf(run(0, 0), { kind: "none" })).toEqual({ result: "good", sentences: [] });
  });

  it("is not measured where a trial was not, or did not run, or the run was voided: that wins over worse", () => {
    const worse = run(0, 5);
    const unmeasured = [...worse.trials.slice(1), buildTrial({}, notMeasured())];
    expect(outcomeOf({ ...worse, trials: unmeasured }, reference)).toMatchObject({ result: "not-measured" });
    expect(outcomeOf({ ...worse, endedAt: null, trials: worse.trials.slice(1) }, reference)).toMatchObject({
      result: "not-measured",
      sentences: [expect.any(String), "1 of its trials did not run."],
    });
    expect(outcomeOf({ ...worse, voided: "a is not the server it was." }, reference)).toMatchObject({
      result: "not-measured",
    });
    expect(
      outcomeOf(
        { ...worse, trials: [...worse.trials, buildTrial({ lane: 1, repetition: 7 }, SKIPPED)] },
        reference,
      ),
    ).toMatchObject({
      result: "worse",
    });
  });

  it("is worse than the reference where one case is, and names it", () => {
    expect(outcomeOf(run(2, 5), reference)).toEqual({
      result: "worse",
      sentences: ["b: worse than a in W1 stream (−30 points, 95 % from −60 to ±0)."],
    });
  });

  it("is good where no difference is shown, and not measured where there are too few trials to show one", () => {
    expect(outcomeOf(run(4, 5), reference)).toMatchObject({ result: "good" });
    const few = { ...run(5, 5), trials: run(5, 5).trials.filter(({ key }) => key.repetition < 4) };
    expect(outcomeOf(few, reference)).toEqual({
      result: "not-measured",
      sentences: ["b: not enough to compare with a."],
    });
  });

  it("compares with the lane of the same name of an earlier run, or with its only lane", () => {
    const before = buildRun({
      suite,
      lanes: [buildLane("old")],
      trials: [...five(0, "W1", 5), ...five(0, "W2", 5)],
    });
    const now = buildRun({
      suite,
      lanes: [buildLane("b")],
      trials: [...five(0, "W1", 1), ...five(0, "W2", 5)],
    });
    expect(outcomeOf(now, { kind: "baseline", run: before })).toMatchObject({ result: "worse" });
    expect(outcomeOf(before, { kind: "baseline", run: before })).toMatchObject({ result: "good" });
    expect(outcomeOf(now, { kind: "baseline", run: run(5, 5) })).toMatchObject({ result: "worse" });
    const stranger = { ...now, lanes: [buildLane("c")] };
    expect(outcomeOf(stranger, { kind: "baseline", run: run(5, 5) })).toEqual({
      result: "not-measured",
      sentences: ["c: the baseline has no lane of this name."],
    });
  });

  it("compares only cases that asked the same then, and says which did not", () => {
    const changed = buildCase({ id: "W2", prompts: [{ text: "Say hi in Greek.", tools: null }] });
    const now = { ...run(5, 5), lanes: [buildLane("a")], trials: [...five(0, "W1", 5), ...five(0, "W2", 0)] };
    const before = { ...now, suite: buildSuite([buildCase({ id: "W1" }), changed]) };
    const earlier = { ...before, trials: [...five(0, "W1", 5), ...five(0, "W2", 5)] };
    expect(outcomeOf(now, { kind: "baseline", run: earlier })).toEqual({
      result: "good",
      sentences: [
        "a: no difference to the baseline is shown (±0 points, 95 % from −43 to +43). The baseline asked something else in W2, which is not compared.",
      ],
    });
  });

  it("is not measured where there is nothing to compare", () => {
    const other = buildRun({ suite: buildSuite([buildCase({ id: "S9" })]), lanes, trials: five(0, "S9", 5) });
    expect(outcomeOf(run(5, 5), { kind: "baseline", run: { ...other, lanes: [buildLane("a")] } })).toEqual({
      result: "not-measured",
      sentences: [
        "a: there is nothing to compare with the baseline.",
        "b: there is nothing to compare with the baseline.",
      ],
    });
  });

  it("does not take a share that rounding made smaller for one that is", () => {
    const cases = ["W1", "W2", "W3"].map((id) => buildCase({ id }));
    const three = buildRun({
      suite: buildSuite(cases),
      lanes: [buildLane("a")],
      trials: cases.flatMap(({ id }) => five(0, id, 3)),
    });
    expect(outcomeOf(three, { kind: "min-pass", rate: 0.6 })).toEqual({
      result: "good",
      sentences: ["a: 60 % passed, 60 % asked for."],
    });
    expect(outcomeOf(three, { kind: "min-pass", rate: 0.601 })).toEqual({
      result: "worse",
      sentences: ["a: 60.00 % passed, 60.10 % asked for."],
    });
  });

  it("holds each lane to a share that passes, every case counting the same", () => {
    expect(outcomeOf(run(5, 3), { kind: "min-pass", rate: 0.8 })).toEqual({
      result: "good",
      sentences: ["a: 100 % passed, 80 % asked for.", "b: 80 % passed, 80 % asked for."],
    });
    expect(outcomeOf(run(5, 3), { kind: "min-pass", rate: 0.81 })).toMatchObject({ result: "worse" });
  });
});
