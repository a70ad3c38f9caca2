/** Every case of the suite: a good trial passes, and a trial that breaks one expectation fails by its grader alone. */
import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import { VITRINE_1 } from "@/lib/verify/suite/vitrine-1";

import { goodAnswers, trialOf } from "./__fixtures__/good-trial";
import { type Said, scriptTrial } from "./__fixtures__/script-trial";
import { gradeExpectation } from "./grade-alone";
import { gradeTrial } from "./grade-trial";
import type { GradedTrial } from "./graded-trial";
import { shapeOf } from "./parity";

type Answers = readonly (readonly Said[])[];

describe("a good answer passes", () => {
  for (const of of VITRINE_1.cases)
    for (const mode of of.modes)
      test(`${of.id} ${mode}`, () => {
        expect(gradeTrial(of, trialOf(of, goodAnswers(of), { mode }))).toEqual({
          verdict: "pass",
          notes: of.id === "E2" ? ["Median tokens of thought: low 25, high 210."] : [],
        });
      });
});

describe("what breaks one expectation fails by its grader alone", () => {
  for (const of of VITRINE_1.cases)
    for (const [index, expectation] of of.expects.entries())
      test(`${of.id} ${expectation.grader} ${index}`, () => {
        const broken = breakTrial(of, expectation);
        const failing = of.expects.filter((each) => gradeExpectation(each, of, broken).kind === "broken");
        expect(failing).toEqual(
          of.expects.filter((each) => each === expectation || isImplied(each, expectation)),
        );
        expect(gradeTrial(of, broken).verdict).toBe("fail");
      });
});

/** Without a text there is no JSON either. */
function isImplied({ grader }: Expectation, broken: Expectation): boolean {
  return broken.grader === "not-only-reasoning" && grader === "schema";
}

function breakTrial(of: VerifyCase, expectation: Expectation): GradedTrial {
  const good = goodAnswers(of);
  switch (expectation.grader) {
    case "calls":
      return trialOf(of, breakCalls(of, expectation, good));
    case "sequence":
      return trialOf(
        of,
        mapLast(good, (said) => said.calls !== undefined, spoilArguments),
      );
    case "no-call":
      return trialOf(
        of,
        mapLast(good, isAny, (said) => ({ ...said, calls: [callOf(of)] })),
      );
    case "choice":
      return trialOf(
        of,
        mapLast(good, carriesRequest, (said) => breakChoice(of, expectation, said)),
      );
    case "ends":
      return trialOf(of, good.map(repeatCall));
    case "text":
      return trialOf(
        of,
        mapLast(good, isAny, (said) => spoilText(said, expectation.anyOf)),
      );
    case "schema":
      return trialOf(
        of,
        mapLast(good, isAny, (said) => ({ ...said, text: "{}" })),
      );
    case "not-only-reasoning":
      return trialOf(
        of,
        mapLast(good, isAny, ({ text: _text, ...said }) => said),
      );
    case "leak":
      return trialOf(
        of,
        mapLast(good, isAny, (said) => ({ ...said, text: `Well.</think> ${said.text ?? ""}` })),
      );
    case "wire":
      return trialOf(
        of,
        mapLast(good, isAny, (said) => breakWire(expectation, said)),
      );
    case "parity":
      return trialOf(of, good, {
        paired: shapeOf(scriptTrial(of, [[{ text: "It is cold." }]], { mode: "stream" })),
      });
    case "http":
      return trialOf(
        of,
        mapLast(good, isAny, () => ({ refused: { status: 500, message: "Internal error." } })),
      );
    case "effort-proof":
      return trialOf(of, good, { efforts: { renders: SAME_RENDERS, levels: [] } });
    case "effort-trend":
      return trialOf(of, good, { efforts: { renders: null, levels: FALLING } });
  }
}

const SAME_RENDERS = ["low", "high"].map((effort) => ({ effort, prompt: "Say hello." }));
const FALLING = [
  { effort: "low", reasoningTokens: [90, 95, 99] },
  { effort: "high", reasoningTokens: [10, 12, 11] },
];

const isAny = (): boolean => true;

function carriesRequest({ facts }: Said): boolean {
  return facts?.request !== undefined;
}

/** The answers with the last one changed that fits. */
function mapLast(answers: Answers, isMeant: (said: Said) => boolean, change: (said: Said) => Said): Answers {
  const all = answers.flat();
  const at = all.findLastIndex(isMeant);
  return answers.map((steps) => steps.map((said) => (said === all[at] ? change(said) : said)));
}

function breakCalls(
  of: VerifyCase,
  { calls: [expected], forbidden: [forbidden] }: Extract<Expectation, { grader: "calls" }>,
  good: Answers,
): Answers {
  if (expected === undefined)
    return mapLast(good, isAny, (said) => ({ ...said, calls: [callOf(of, forbidden)] }));
  if (Object.keys(expected.arguments).length === 0) return [[{ text: "There are three." }]];
  return mapLast(
    good,
    (said) => said.calls?.some(([name]) => name === expected.name) === true,
    spoilArguments,
  );
}

function callOf(of: VerifyCase, wanted?: string): readonly [string, Json] {
  const tool = of.tools.find(({ name }) => wanted === undefined || name === wanted);
  const { properties } = tool?.parameters ?? {};
  const args = isObject(properties)
    ? Object.keys(properties).map((name) => [name, name === "amount" ? 1 : "x"])
    : [];
  return [tool?.name ?? "", Object.fromEntries(args)];
}

/** Every argument of the step's calls becomes another one of the same type. */
function spoilArguments(said: Said): Said {
  return {
    ...said,
    calls:
      said.calls?.map(([name, args]) => [name, isObject(args) ? spoilFields(args) : args] as const) ?? [],
  };
}

function spoilFields(args: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, spoilValue(value)]));
}

function spoilValue(value: Json): Json {
  if (isList(value)) return value.map(spoilValue);
  if (isObject(value)) return spoilFields(value);
  if (typeof value === "number") return value + 1;
  if (value === "metric") return "imperial";
  return typeof value === "string" ? "something else" : value;
}

function spoilText(said: Said, anyOf: readonly string[]): Said {
  const spoiled = anyOf.reduce(
    (text, wanted) => text.replaceAll(new RegExp(escape(wanted), "giu"), "…"),
    said.text ?? "",
  );
  return { ...said, text: spoiled };
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}

function breakChoice(
  of: VerifyCase,
  { choice }: Extract<Expectation, { grader: "choice" }>,
  said: Said,
): Said {
  if (choice === "none") return { ...said, calls: [callOf(of)] };
  if (choice === "required") return { facts: said.facts ?? {}, text: "Fine, thanks." };
  if (choice === "one-per-step")
    return { ...said, calls: ["Lima", "Cairo"].map((location) => ["weather", { location }]) };
  return { ...said, calls: [["weather", { location: "Paris" }]] };
}

function repeatCall(steps: readonly Said[]): readonly Said[] {
  const [first] = steps;
  return first === undefined ? [] : [first, first, first, ...steps.slice(1)];
}

function breakWire({ finish, ids, usage }: Extract<Expectation, { grader: "wire" }>, said: Said): Said {
  if (ids) return { ...said, ids: ["a", "a"] };
  if (usage) return { ...said, usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 31 } };
  return { ...said, finish: finish === "stop" ? "length" : "stop" };
}
