import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { DIALECT_IDS, type DialectId } from "@/lib/providers/dialect-id";
import { plainSetup } from "@/lib/providers/plain-setup";
import { prepareStep } from "@/lib/run/prepare-step";
import type { JsonObject } from "@/lib/stream/turn/json";
import { checkTool } from "@/lib/tools/schema/check-tool";
import { NEW_TOOL_CHOICES } from "@/lib/tools/tool";
import { CASE_GROUPS, type Suite, type VerifyCase } from "@/lib/verify/case";
import { carriesSchema } from "@/lib/verify/graders/answer-schema";
import { carriesChoice } from "@/lib/verify/graders/choice";
import { readSuiteLines, writeSuiteLines } from "@/lib/verify/saved/saved-case";

import { requestsOf, requestsOfAll } from "./requests-of";
import { suiteHash } from "./suite-hash";
import { casesOf, PRESET_NAMES, PRESETS, VITRINE_1 } from "./vitrine-1";

const { cases } = VITRINE_1;

describe("the suite", () => {
  test("has 47 cases and two that run only when asked for, in the order of the groups", () => {
    expect(cases.filter(({ isOff }) => isOff).map(({ id }) => id)).toEqual(["X1", "L1"]);
    expect(cases).toHaveLength(49);
    const order = cases.map(({ group }) => CASE_GROUPS.indexOf(group));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test("names each case once", () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  test("asks, grades and proves something in every case", () => {
    for (const of of cases) {
      expect([
        of.id,
        of.prompts.length > 0,
        of.expects.length > 0,
        of.exercised.length > 0,
        of.modes.length > 0,
      ]).toEqual([of.id, true, true, true, true]);
    }
  });

  test("is the same after a way through JSON", () => {
    const back: Suite = JSON.parse(JSON.stringify(VITRINE_1));
    expect(back).toEqual(VITRINE_1);
  });

  test("is the same after a way through a file", () => {
    expect(readSuiteLines(writeSuiteLines(cases))).toMatchObject({ cases });
  });

  test("has one hash, whatever the order of its fields", async () => {
    const backwards: Suite = { cases: VITRINE_1.cases, name: VITRINE_1.name };
    expect(await suiteHash(backwards)).toBe(await suiteHash(VITRINE_1));
    expect(await suiteHash({ ...VITRINE_1, cases: cases.slice(1) })).not.toBe(await suiteHash(VITRINE_1));
    expect(await suiteHash(VITRINE_1)).toMatch(/^[0-9a-f]{64}$/u);
  });

  test("offers tools without a problem, and calls and allows only those", () => {
    for (const of of cases) {
      const names = new Set(of.tools.map(({ name }) => name));
      expect(
        of.tools.flatMap((tool) => checkTool({ ...tool, ...NEW_TOOL_CHOICES, id: tool.name }, [])),
      ).toEqual([]);
      expect([of.id, namedIn(of).filter((name) => !names.has(name))]).toEqual([of.id, []]);
    }
  });
});

test("the suite is the table of docs/verify.md", () => {
  const docs = readFileSync("docs/verify.md", "utf8");
  const rows = docs.split("\n").filter((line) => /^\| [A-Z]\d \|/u.test(line));
  expect(rows).toEqual(cases.map(rowOf));
});

function rowOf({ id, title, expects, exercised, modes, isPerEffort }: VerifyCase): string {
  const graders = [...new Set(expects.map(({ grader }) => grader))].join(", ");
  const proofs = exercised.map((each) =>
    each.what === "result-given" ? `a result of ${each.tool}` : each.what,
  );
  const how = [modes.length === 2 ? "both" : "stream", ...(isPerEffort ? ["per effort"] : [])].join(", ");
  return `| ${id} | ${title} | ${how} | ${graders} | ${proofs.join(", ")} |`;
}

describe("the sizes", () => {
  test("are 4, 24 and 47 cases, each part of the next", () => {
    expect(PRESET_NAMES.map((name) => PRESETS[name].length)).toEqual([4, 24, 47]);
    expect(PRESETS.seed.every((id) => PRESETS.core.includes(id))).toBe(true);
    expect(PRESETS.core.every((id) => PRESETS.full.includes(id))).toBe(true);
  });

  test("seed has eight cells", () => {
    expect(casesOf("seed").flatMap(({ modes }) => modes)).toHaveLength(8);
  });

  test("count their requests from the cases", () => {
    expect(requestsOfAll(casesOf("seed"), 1)).toEqual({ usual: 12, most: 28 });
    expect(requestsOfAll(casesOf("seed"), 2)).toEqual({ usual: 18, most: 42 });
    expect(["W1", "S1", "S2", "T2", "T3"].map((id) => requestsOf(caseOf(id)))).toEqual([
      { usual: 1, most: 1 },
      { usual: 2, most: 6 },
      { usual: 1, most: 1 },
      { usual: 5, most: 6 },
      { usual: 3, most: 12 },
    ]);
  });
});

describe("a case's choice and schema are found in the request of each dialect", () => {
  for (const dialect of DIALECT_IDS)
    for (const of of cases)
      for (const expectation of of.expects) {
        const { grader } = expectation;
        if (grader === "choice" && !(dialect === "gemini" && expectation.choice === "one-per-step"))
          test(`${of.id} ${dialect}`, () => {
            expect(carriesChoice(bodyOf(of, dialect), expectation.choice)).toBe(true);
            const unasked = { ...of, ask: { ...of.ask, toolChoice: null, parallelToolCalls: null } };
            expect(carriesChoice(bodyOf(unasked, dialect), expectation.choice)).toBe(false);
          });
        if (grader === "schema")
          test(`${of.id} ${dialect}`, () => {
            expect(carriesSchema(bodyOf(of, dialect))).toBe(true);
            expect(carriesSchema(bodyOf({ ...of, ask: { ...of.ask, responseSchema: null } }, dialect))).toBe(
              false,
            );
          });
      }

  test("Gemini has no field that turns parallel calls off", () => {
    const of = caseOf("P3");
    expect(carriesChoice(bodyOf(of, "gemini"), "one-per-step")).toBe(false);
  });
});

const SERVED: Readonly<Record<DialectId, readonly [provider: string, model: string]>> = {
  "chat-completions": ["openai", "gpt-4.1"],
  responses: ["openai-responses", "gpt-4.1"],
  anthropic: ["anthropic", "claude-sonnet-4-5"],
  gemini: ["gemini", "gemini-2.5-flash"],
};

function bodyOf(of: VerifyCase, dialect: DialectId): JsonObject {
  const [provider, model] = SERVED[dialect];
  const { toolChoice, parallelToolCalls, responseSchema } = of.ask;
  const prepared = prepareStep({
    setup: {
      ...plainSetup({ provider, model }),
      dialect,
      tools: of.tools.map(({ name }) => name),
      toolChoice: toolChoice ?? { kind: "auto" },
      parallelToolCalls,
      responseSchema,
    },
    tools: of.tools.map((tool) => ({ ...tool, ...NEW_TOOL_CHOICES, id: tool.name })),
    history: [{ prompt: of.prompts[0]?.text ?? "", turn: { steps: [] } }],
    reply: null,
    keyHeld: true,
  });
  return prepared.ok ? prepared.step.body : fail(prepared.error.message);
}

function namedIn(of: VerifyCase): readonly string[] {
  const expected = of.expects.flatMap((each) => {
    if (each.grader === "sequence") return each.calls.map(({ name }) => name);
    if (each.grader !== "calls") return [];
    return [...each.calls.map(({ name }) => name), ...each.forbidden, ...each.allowed];
  });
  const given = of.exercised.flatMap((each) => (each.what === "result-given" ? [each.tool] : []));
  return [...expected, ...given, ...of.prompts.flatMap(({ tools }) => tools ?? [])];
}

function caseOf(wanted: string): VerifyCase {
  return cases.find(({ id }) => id === wanted) ?? fail(wanted);
}

function fail(what: string): never {
  throw new Error(what);
}
