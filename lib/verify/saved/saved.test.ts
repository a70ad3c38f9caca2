import { describe, expect, it } from "vitest";

import {
  buildCase,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
  notMeasured,
} from "@/lib/verify/__fixtures__/build-run";

import { readCase, readSuiteLines, writeSuiteLines } from "./saved-case";
import { readVerifyRun, readVerifyRunText, writeVerifyRun } from "./saved-run";

describe("a run", () => {
  it("reads back as it was written", () => {
    const at = { turn: 0, step: 1 };
    const evidence = [
      { ...at, at: "argument", part: "call-1", path: "/city", frames: { first: 2, last: 4 } },
      { ...at, at: "part", part: "text-1" },
      { ...at, at: "frame", frame: 6 },
    ] as const;
    const trials = [
      buildTrial(),
      buildTrial({ repetition: 1 }, failed("schema-mismatch", "schema", evidence), { costUsd: 0.01 }),
      buildTrial({ repetition: 2, effort: "low" }, notMeasured("context"), { firstCallMs: null }),
      buildTrial({ mode: "whole" }, { verdict: "skipped", why: "not recorded" }),
    ];
    const run = buildRun({ trials, endedAt: null, voided: "llamacpp/a is not the server it was." });
    expect(readVerifyRunText(writeVerifyRun(run))).toEqual({ ok: true, run, notes: [] });
  });

  it("keeps every trial that can be read, and says what is left out", () => {
    const good = buildTrial({}, failed("argument", "model", [{ at: "step", turn: 0, step: 0 }]));
    const saved = JSON.parse(writeVerifyRun(buildRun({ trials: [good] })));
    const broken = { ...good, verdict: { verdict: "won" } };
    const stranger = { ...good, key: { ...good.key, caseId: "W99" } };
    const noLane = { ...good, key: { ...good.key, lane: 7 } };
    expect(readVerifyRun({ ...saved, trials: [broken, good, stranger, noLane], more: 1 })).toEqual({
      ok: true,
      run: buildRun({ trials: [good] }),
      notes: ["3 trials cannot be read and are left out."],
    });
  });

  it("holds one verdict for each trial: the later one", () => {
    const [first, later] = [buildTrial({}, notMeasured()), buildTrial()];
    const saved = JSON.parse(writeVerifyRun(buildRun({ trials: [first, later] })));
    expect(readVerifyRun(saved)).toMatchObject({ run: { trials: [later] } });
  });

  it("brings nobody's code: bindings are neither written nor read", () => {
    const run = buildRun();
    const [lane] = run.lanes;
    if (lane === undefined) throw new Error("A run has a lane.");
    const binding = { kind: "javascript", code: "x", timeoutMs: 1, isStateful: false } as const;
    const bound = { ...run, lanes: [{ ...lane, setup: { ...lane.setup, bindings: { weather: binding } } }] };
    expect(writeVerifyRun(bound)).not.toContain("javascript");
    const saved = { ...JSON.parse(writeVerifyRun(run)), lanes: bound.lanes };
    expect(readVerifyRun(saved)).toMatchObject({ run: { lanes: [{ setup: { bindings: {} } }] } });
  });

  it.each([
    ["another format", { format: "vitrine-tape", version: 1 }, "This is not a run of Vitrine"],
    ["a newer one", { format: "vitrine-verify", version: 2 }, "newer Vitrine"],
    ["one without lanes", { ...JSON.parse(writeVerifyRun(buildRun())), lanes: [] }, "lanes"],
    ["no object", 7, "This is not a run of Vitrine"],
  ])("is refused with a reason where it is %s", (_what, value, why) => {
    expect(readVerifyRun(value)).toEqual({ ok: false, why: expect.stringContaining(why) });
  });

  it("is refused where its file is not JSON", () => {
    expect(readVerifyRunText("{")).toEqual({ ok: false, why: "This is not JSON." });
  });
});

describe("a suite in lines of JSON", () => {
  it("reads back as it was written", () => {
    const cases = [buildCase({ id: "a" }), buildCase({ id: "b", modes: ["whole"] })];
    expect(readSuiteLines(writeSuiteLines(buildSuite(cases).cases))).toEqual({ cases, problems: [] });
  });

  it("needs an id, a prompt and an expectation; the rest has its usual value", () => {
    const line = {
      id: "hi",
      prompts: ["Say hi."],
      expects: [{ grader: "text", how: "contains", anyOf: ["hi"] }],
    };
    expect(readCase(line)).toEqual({
      ok: true,
      test: buildCase({
        id: "hi",
        group: "own",
        title: "",
        prompts: [{ text: "Say hi.", tools: null }],
        expects: [{ grader: "text", how: "contains", anyOf: ["hi"], noneOf: [] }],
      }),
    });
  });

  it("says which lines are left out, and why", () => {
    const good = JSON.stringify(buildCase());
    const [call] = [{ name: "f", arguments: { a: { is: "pattern", pattern: "(" } } }];
    const pattern = { id: "p", prompts: ["x"], expects: [{ grader: "calls", calls: [call] }] };
    const lines = [good, "", "{", good, JSON.stringify({ id: "x", prompts: [] }), JSON.stringify(pattern)];
    expect(readSuiteLines(lines.join("\n"))).toEqual({
      cases: [buildCase()],
      problems: [
        "Line 3 is not JSON.",
        'Line 4: there is already a case "W1".',
        expect.stringMatching(/^Line 5: "prompts" is not as a case has it/u),
        'Line 6: "(" is not a regular expression.',
      ],
    });
  });
});
