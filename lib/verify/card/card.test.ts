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
import { REFUSED_CHOICE, REFUSED_EFFORT, type Trial, type Verdict } from "@/lib/verify/trial";
import type { ServerFacts, VerifyLane, VerifyRun } from "@/lib/verify/verify-run";

import { type Card, cardOf } from "./card";
import { badgeSvg, cardMarkdown } from "./write-card";

const EFFORT = "Effort, success, time and tokens";

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
      Effort: "the model's own",
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

  it("says what each level of effort gains and costs", () => {
    const thinks = buildCase({ id: "W4", isPerEffort: true });
    const run = buildRun({
      suite: buildSuite([thinks]),
      lanes: [buildLane("a/a", { efforts: ["low", "high"] })],
      trials: [
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
      ],
    });
    expect((words(card(run), EFFORT) ?? []).slice(0, 2)).toEqual([
      "low: 0 % of 1 case · 1.00 s · 10 thinking · – tokens per success",
      "high: 100 % of 1 case · 3.00 s · 350 thinking · 400 tokens per success",
    ]);
    expect(Object.fromEntries(card(run).identity)).toMatchObject({ Effort: "low, high" });
  });

  describe("of effort", () => {
    const proof = buildCase({ id: "E1", group: "effort", expects: [{ grader: "effort-proof" }] });
    const trend = buildCase({
      id: "E2",
      group: "effort",
      isPerEffort: true,
      expects: [{ grader: "effort-trend" }],
    });
    const proven = (
      label: string,
      trials: readonly Trial[],
      before: Partial<ServerFacts> | null = {},
    ): string | undefined => {
      const run = buildRun({
        suite: buildSuite([proof, trend]),
        lanes: [
          buildLane("a/a", {
            efforts: ["low", "high"],
            before: before === null ? null : buildFacts(before),
          }),
        ],
        // One that always runs, so that the card has the lane.
        trials: [...trials, buildTrial({ caseId: "E1", repetition: 9 }, notMeasured())],
      });
      return words(card(run), EFFORT)?.find((each) => each.startsWith(label));
    };

    it.each([
      [{ readsEffort: true, efforts: ["low", "high", "max"] }, "yes: low, high, max"],
      [{ readsEffort: false, efforts: [] }, "no"],
      [{ readsEffort: true }, "yes"],
      [{ readsEffort: false }, "no"],
      [{}, "not told by the server"],
      [null, "not told by the server"],
    ])("says what the API says: %j", (before, said) => {
      expect(proven("The API", [], before)).toBe(`The API says so: ${said}`);
    });

    it.each<[Verdict, string]>([
      [{ verdict: "pass", notes: [] }, "yes"],
      [
        { verdict: "pass", notes: ["The prompts of low and medium are the same."] },
        "yes. The prompts of low and medium are the same.",
      ],
      [failed("effort", "template"), "no: the template does not read it"],
      [{ verdict: "pass", notes: [`${REFUSED_EFFORT}: “no”`] }, "the server refuses the effort"],
      // A request that broke for another reason proves nothing of the effort.
      [failed("http", "server"), "not measured"],
    ])("says whether the prompt changes: %j", (verdict, said) => {
      expect(proven("The prompt", [buildTrial({ caseId: "E1" }, verdict)])).toBe(
        `The prompt changes: ${said}`,
      );
    });

    it.each<[Verdict, string]>([
      [{ verdict: "pass", notes: [] }, "yes: median tokens of thought low 20, high 90 (3 trials each)"],
      [failed("effort", "model"), "no: median tokens of thought low 20, high 90 (3 trials each)"],
      [notMeasured(), "not measured"],
    ])("says whether the behavior changes: %j", (verdict, said) => {
      const at = (effort: string, thoughts: readonly number[]) =>
        thoughts.map((reasoningTokens, repetition) =>
          buildTrial({ caseId: "E2", effort, repetition }, verdict, { reasoningTokens }),
        );
      const trials = [...at("low", [10, 20, 30]), ...at("high", [80, 90, 400])];
      expect(proven("The behavior", trials)).toBe(`The behavior changes: ${said}`);
    });
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
