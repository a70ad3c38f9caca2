import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { CaseTool, VerifyCase } from "@/lib/verify/case";
import { scriptTrial } from "@/lib/verify/graders/__fixtures__/script-trial";
import { gradeTrial } from "@/lib/verify/graders/grade-trial";
import { call, calls, oneOf, writeCase } from "@/lib/verify/suite/build-case";

import { compareValue } from "./compare-arguments";

type Call = readonly [name: string, args: JsonObject];

const tools = ["one", "two", "three"].map((name): CaseTool => ({
  name,
  description: "",
  parameters: { type: "object", properties: {} },
  strict: null,
  answers: { by: "never" },
}));

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.dictionary(fc.stringMatching(/^[a-d]{1,2}$/u), fc.integer(), { maxKeys: 3, noNullPrototype: true }),
);
const fields = fc.dictionary(fc.stringMatching(/^[a-f]{1,2}$/u), value, {
  maxKeys: 4,
  noNullPrototype: true,
});
const oneCall: fc.Arbitrary<Call> = fc.tuple(fc.constantFrom("one", "two", "three"), fields);
const someCalls = fc.array(oneCall, { minLength: 1, maxLength: 6 });

function caseOf(expected: readonly Call[]): VerifyCase {
  return writeCase({
    id: "O1",
    group: "own",
    title: "any",
    prompt: "Call.",
    tools,
    expects: [
      calls(
        expected.map(([name, args]) =>
          call(name, Object.fromEntries(Object.entries(args).map(([key, each]) => [key, oneOf(each)]))),
        ),
      ),
    ],
  });
}

function verdictOf(of: VerifyCase, made: readonly (readonly [string, Json])[]) {
  return gradeTrial(of, scriptTrial(of, [[{ calls: made }]])).verdict;
}

describe("calls are graded", () => {
  test("whatever their order", () => {
    const shuffled = someCalls.chain((made) =>
      fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length })),
    );
    fc.assert(
      fc.property(shuffled, ([expected, made]) => {
        expect(verdictOf(caseOf(expected), made)).toBe("pass");
      }),
    );
  });

  test("whatever the order of their keys", () => {
    fc.assert(
      fc.property(someCalls, (expected) => {
        const turned = expected.map(
          ([name, args]) => [name, Object.fromEntries(Object.entries(args).toReversed())] as const,
        );
        expect(verdictOf(caseOf(expected), turned)).toBe("pass");
      }),
    );
  });

  test("with a whole number equal to the same float", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (number) => {
        const of = caseOf([["one", { n: number }]]);
        expect(verdictOf(of, [["one", `{"n": ${number}.0}`]])).toBe("pass");
        expect(verdictOf(of, [["one", { n: String(number) }]])).toBe("fail");
      }),
    );
  });

  test("by every value that is accepted, and by no other", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 6 }),
        ([other = 0, ...accepted]) => {
          const rule = oneOf(...accepted);
          expect(accepted.map((each) => compareValue(rule, each))).toEqual(accepted.map(() => "equal"));
          expect(compareValue(rule, other)).toBe("different");
        },
      ),
    );
  });

  test("so that one too few and one too many both fail", () => {
    fc.assert(
      fc.property(someCalls, (expected) => {
        const [first] = expected;
        expect(verdictOf(caseOf(expected), [...expected, ...(first === undefined ? [] : [first])])).toBe(
          "fail",
        );
        expect(verdictOf(caseOf(expected), expected.slice(1))).not.toBe("pass");
      }),
    );
  });

  test("by the largest matching: a call that fits two expectations never takes the only one of another", () => {
    const of = writeCase({
      id: "O1",
      group: "own",
      title: "any",
      prompt: "Call.",
      tools,
      expects: [
        calls([
          call("one", { n: oneOf(1, 2) }),
          call("one", { n: oneOf(1) }),
          call("one", { n: oneOf(1, 2, 3) }),
        ]),
      ],
    });
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3], { minLength: 3 }), (numbers) => {
        expect(
          verdictOf(
            of,
            numbers.map((n) => ["one", { n }] as const),
          ),
        ).toBe("pass");
      }),
    );
  });

  test("with texts that differ in case, white space and punctuation alone, as a pass with a note", () => {
    const of = caseOf([["one", { place: "São Paulo, Brazil" }]]);
    const trial = scriptTrial(of, [[{ calls: [["one", { place: "são paulo brazil" }]] }]]);
    expect(gradeTrial(of, trial)).toEqual({
      verdict: "pass",
      notes: ["The arguments of one are equal once case, white space and punctuation are left out."],
    });
  });
});
