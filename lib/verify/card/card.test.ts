import { describe, expect, it } from "vitest";

import {
  buildCase,
  buildFacts,
  buildLane,
  buildRun,
  buildSuite,
  buildTrial,
  failed,
  largeRun,
  notMeasured,
} from "@/lib/verify/__fixtures__/build-run";
import { readVerifyRunText, writeVerifyRun } from "@/lib/verify/saved/saved-run";
import { REFUSED_CHOICE, REFUSED_EFFORT, type Verdict } from "@/lib/verify/trial";
import type { VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { type Card, cardOf } from "./card";
import { badgeSvg, cardMarkdown } from "./write-card";

function card(run: VerifyRun, lane = 0): Card {
  const made = cardOf(run, lane);
  if (made === null) return expect.unreachable("The run has this lane");
  return made;
}

const words = (made: Card, title: string) =>
  made.facts.find((fact) => fact.title === title)?.lines.map(({ label, value }) => `${label}: ${value}`);

const note = (made: Card, title: string) => made.facts.find((fact) => fact.title === title)?.note;

/** A case of this many calls in a row. */
const chain = (id: string, length: number) =>
  buildCase({
    id,
    group: "turns",
    title: `chain of ${length}`,
    expects: [
      {
        grader: "sequence",
        maxSteps: 6,
        calls: Array.from({ length }, () => ({ name: "next", arguments: {}, optional: [] })),
      },
    ],
  });

/** What the card says of a server that said this of itself. */
const same = (fields: Partial<VerifyLane>) =>
  note(card(buildRun({ lanes: [buildLane("a/a", fields)] })), "The same server throughout");

describe("the card", () => {
  it("has fourteen facts, a title and the identity of what was verified", () => {
    const made = card(
      buildRun({
        lanes: [buildLane("llamacpp/tiny", { before: buildFacts({ model: "tiny.gguf" }) })],
      }),
    );
    expect(made.title).toBe("How tiny on llamacpp calls tools");
    expect(made.facts.length).toBe(14);
    expect(Object.fromEntries(made.identity)).toEqual({
      Model: "tiny.gguf",
      Quantization: "Q8_0",
      "KV types": "not told by the server",
      Template: "0a1b2c3d4e5f",
      Build: "b11434-deadbee",
      Context: "8,192 tokens",
      Dialect: "Chat completions",
      Sampler: "the server's own",
      Suite: "vitrine-1 555555555555, seed, N = 5",
      Measured: "2023-11-14",
    });
  });

  it("is made from the run's file alone", () => {
    const run = largeRun();
    const read = readVerifyRunText(writeVerifyRun(run));
    if (!read.ok) return expect.unreachable(read.why);
    expect(cardOf(read.run, 1)).toEqual(cardOf(run, 1));
  });

  it("counts calls that nobody wanted beside calls that were missed", () => {
    const run = buildRun({
      suite: buildSuite([
        buildCase({ id: "S1", group: "single" }),
        buildCase({ id: "N1", group: "restraint" }),
      ]),
      trials: [
        buildTrial({ caseId: "S1" }),
        buildTrial({ caseId: "S1", repetition: 1 }, failed("argument"), { calls: 0 }),
        buildTrial({ caseId: "N1" }, failed("choice"), { calls: 1 }),
        buildTrial({ caseId: "N1", repetition: 1 }, undefined, { calls: 0 }),
      ],
    });
    expect(words(card(run), "Restraint beside action")).toEqual([
      "Calls when it should: 50 % of 1 case",
      "Holds back when it should: 50 % of 1 case",
      "Calls that nobody wanted: 1 trial",
      "Calls that were missed: 1 trial",
    ]);
  });

  it("splits failures by who is to blame, and never counts what was not measured", () => {
    const run = buildRun({
      trials: [
        buildTrial({}, failed("parse", "server")),
        buildTrial({ repetition: 1 }, failed("leak", "undecided")),
        buildTrial({ repetition: 2 }, notMeasured()),
      ],
    });
    expect(words(card(run), "Who failed")).toEqual([
      "The model: 0",
      "The server: 1: call not parsed 1",
      "The template: 0",
      "The schema: 0",
      "Undecided: nothing seen proves it: 1: leaked markup 1",
    ]);
    expect(card(run).facts[1]?.split).toEqual([0, 0.5, 0, 0, 0.5]);
    expect(words(card(run), "How certain this is")).toEqual([
      "Trials per case: 5",
      "Measured: 2 trials",
      "Not measured: 1 trial: rate limit 1",
      "Skipped: 0 trials",
    ]);
  });

  it("says what each level of effort gains and costs, and whether it reaches the prompt", () => {
    const thinks = buildCase({ id: "W4", isPerEffort: true });
    const proof = buildCase({ id: "E1", group: "effort", expects: [{ grader: "effort-proof" }] });
    const trials = [
      buildTrial({ caseId: "W4", effort: "low" }, failed("text"), {
        totalMs: 1_000,
        outputTokens: 50,
        reasoningTokens: 10,
      }),
      buildTrial({ caseId: "W4", effort: "high" }, undefined, {
        totalMs: 3_000,
        outputTokens: 400,
        reasoningTokens: 350,
      }),
    ];
    const run = buildRun({
      suite: buildSuite([thinks, proof]),
      lanes: [buildLane("a/a", { efforts: ["low", "high"] })],
      trials: [...trials, buildTrial({ caseId: "E1" }, failed("effort", "template"))],
    });
    const title = "Effort, success, time and tokens";
    expect(words(card(run), title)).toEqual([
      "low: 0 % of 1 case · 1.00 s · 10 thinking · – tokens per success",
      "high: 100 % of 1 case · 3.00 s · 350 thinking · 400 tokens per success",
    ]);
    expect(note(card(run), title)).toBe("The effort does not reach this template.");
    const unknown = "Whether the effort reaches the prompt was not measured.";
    expect(note(card({ ...run, trials }), title)).toBe(unknown);
    const proven = (verdict: Verdict) =>
      note(card({ ...run, trials: [buildTrial({ caseId: "E1" }, verdict)] }), title);
    expect(proven({ verdict: "pass", notes: [] })).toBe("The effort reaches the prompt.");
    expect(proven({ verdict: "pass", notes: [`${REFUSED_EFFORT}: “no”`] })).toBe(
      "The server refuses the effort.",
    );
    // A request that broke for another reason proves nothing of the effort.
    expect(proven(failed("http", "server"))).toBe(unknown);
  });

  it("tells choices that were obeyed from those that were ignored and refused", () => {
    const required = { grader: "choice", choice: "required" } as const;
    const choice = (id: string) => buildCase({ id, group: "choice", title: id, expects: [required] });
    const run = buildRun({
      suite: buildSuite([choice("C1"), choice("C2"), choice("C3")]),
      trials: [
        buildTrial({ caseId: "C1" }),
        buildTrial({ caseId: "C1", repetition: 1 }, { verdict: "pass", notes: [`${REFUSED_CHOICE}: “no”`] }),
        buildTrial({ caseId: "C1", repetition: 2 }, failed("http", "undecided")),
        buildTrial({ caseId: "C2" }, failed("choice", "server")),
        buildTrial({ caseId: "C2", repetition: 1 }, failed("http", "server")),
        buildTrial({ caseId: "C3" }, notMeasured()),
      ],
    });
    expect(words(card(run), "Tool choice")).toEqual([
      "C1: refused 2, obeyed 1",
      "C2: ignored 1, failed otherwise 1",
      "C3: –",
    ]);
    expect(card(run).facts[6]?.lines.map(({ rate }) => rate?.rate)).toEqual([1 / 3, 0, undefined]);
  });

  it("says of each feature of a schema whether it was accepted, and whether it held", () => {
    const run = buildRun({
      suite: buildSuite([buildCase({ id: "A1", group: "arguments", title: "nested objects" })]),
      trials: [
        buildTrial({ caseId: "A1" }),
        // Another value than expected fits the schema all the same.
        buildTrial({ caseId: "A1", repetition: 1 }, failed("argument")),
        buildTrial({ caseId: "A1", repetition: 2 }, failed("schema-mismatch")),
        buildTrial({ caseId: "A1", repetition: 3 }, failed("http", "schema"), { calls: 0 }),
        buildTrial({ caseId: "A1", repetition: 4 }, failed("choice"), { calls: 0 }),
      ],
    });
    expect(words(card(run), "Schemas")).toEqual([
      "Trials with valid calls only: 2 of 3",
      "Arguments that are not JSON: 0 trials",
      "Calls of tools that were not offered: 0 trials",
      "Arguments that do not fit the schema: 1 trial",
      "Schemas that the server refused: 1 trial",
      "nested objects: valid 2, not valid 1, refused 1, without a call 1",
    ]);
  });

  it("counts a prompt's tokens only where there was an answer", () => {
    const run = buildRun({
      trials: [
        buildTrial({}, undefined, { promptTokens: 30 }),
        buildTrial({ repetition: 1 }, failed("http", "server"), { promptTokens: null }),
      ],
    });
    expect(words(card(run), "What tools cost in the prompt")).toEqual([
      "Prompt with tools: –",
      "Prompt without: 30 tokens",
      "Difference: –",
    ]);
  });

  it("says whether the server was the same, as far as it was asked", () => {
    expect(same({})).toBe("What the server says of itself was the same before and after.");
    expect(same({ after: null })).toBe("The server was not asked again after the run.");
    expect(same({ before: null, after: null })).toBe("The server does not say what it runs.");
    expect(same({ after: buildFacts({ build: null }) })).toContain("was the same");
    expect(same({ after: buildFacts({ build: "b2" }) })).toBe(
      "The server changed during the run: build b11434-deadbee became b2.",
    );
  });

  it("names the longest chain that was done every time", () => {
    const run = buildRun({
      suite: buildSuite([chain("T1", 2), chain("T2", 4)]),
      repetitions: 2,
      trials: [
        buildTrial({ caseId: "T1" }),
        buildTrial({ caseId: "T1", repetition: 1 }),
        buildTrial({ caseId: "T2" }),
        buildTrial({ caseId: "T2", repetition: 1 }, failed("end")),
      ],
    });
    expect(words(card(run), "Longest chain done every time")).toEqual([
      "Calls in a row: 2",
      "2 calls: chain of 2: 2 of 2",
      "4 calls: chain of 4: 1 of 2",
    ]);
  });

  it("says that a run counts for nothing", () => {
    expect(card(buildRun({ voided: "the build changed." })).voided).toBe("the build changed.");
  });
});

describe("a card as text", () => {
  it("is a Markdown document whose names cannot break it", () => {
    const run = buildRun({
      lanes: [buildLane("a/<b>|*x*")],
      trials: [buildTrial(), buildTrial({ repetition: 1 }, failed("parse", "server"))],
    });
    const text = cardMarkdown(card(run));
    const [first = "", , identity = ""] = text.split("\n");
    expect(first).toBe(String.raw`# How \<b\>\|\*x\* on a calls tools`);
    expect(identity).toContain(String.raw`Suite: vitrine-1 555555555555, seed, N = 5`);
    expect(text.match(/^## \d+\. /gmu)?.length).toBe(14);
    expect(text).toContain("| The server | 1: call not parsed 1 |  |");
  });

  it("is a badge with rates of groups, and never one score", () => {
    const run = buildRun({
      lanes: [buildLane(`a/"b"<c>`)],
      suite: buildSuite([
        buildCase({ id: "S1", group: "single" }),
        buildCase({ id: "N1", group: "restraint" }),
      ]),
      trials: [buildTrial({ caseId: "S1" }), buildTrial({ caseId: "N1" }, failed("choice"))],
    });
    const badge = badgeSvg(run, 0);
    expect(badge).toContain(">call 100 % · restraint 0 %</text>");
    expect(badge).toContain("a/&quot;b&quot;&lt;c&gt;, N = 5");
    expect(badgeSvg(buildRun(), 0)).toContain(">not measured</text>");
  });
});
