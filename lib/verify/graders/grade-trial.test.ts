import { describe, expect, test } from "vitest";

import { buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Expectation, Exercise, VerifyCase } from "@/lib/verify/case";
import { calls, says, writeCase, writeTool } from "@/lib/verify/suite/build-case";

import { type Said, scriptTrial, stepOf } from "./__fixtures__/script-trial";
import { gradeTrial } from "./grade-trial";
import { shapeOf } from "./parity";

const LOOK_UP = writeTool({ name: "look_up", description: "Looks something up.", answers: "Nothing." });

function caseOf(expects: readonly Expectation[], exercised?: readonly Exercise[]): VerifyCase {
  return writeCase({
    id: "O1",
    group: "own",
    title: "any",
    prompt: "Go on.",
    tools: [LOOK_UP],
    expects,
    ...(exercised === undefined ? {} : { exercised }),
  });
}

function verdictOn(of: VerifyCase, ...steps: readonly Said[]) {
  return gradeTrial(of, scriptTrial(of, [steps]));
}

describe("a trial", () => {
  test("with markup in a text that is right passes with a note", () => {
    const said = { text: "Write </think> behind a thought: yes." };
    expect(verdictOn(caseOf([says("yes")]), said)).toMatchObject({
      verdict: "pass",
      notes: ["The tag </think> stands in the answer: the server did not take the thought out."],
    });
  });

  test("that fails by two graders is named for the first class of fault", () => {
    const both = caseOf([says("yes"), { grader: "ends", maxCalls: 0 }]);
    expect(verdictOn(both, { calls: [["look_up", {}]] }, { text: "no" })).toMatchObject({
      verdict: "fail",
      fault: "result-use",
    });
  });

  test("whose feature was not reached is not measured, although an expectation is broken", () => {
    const of = caseOf([says("yes")], [{ what: "result-given", tool: "look_up" }]);
    expect(verdictOn(of, { text: "no" })).toEqual({
      verdict: "not-measured",
      reason: "not-exercised",
      why: "No result of look_up was given: the model did not call it.",
    });
  });

  test("whose feature was not reached because a call was lost fails", () => {
    const of = caseOf([says("yes")], [{ what: "result-given", tool: "look_up" }]);
    expect(
      verdictOn(of, { text: '<tool_call>{"name": "look_up", "arguments": {}}</tool_call>' }),
    ).toMatchObject({
      verdict: "fail",
      fault: "parse",
    });
  });

  test("that was stopped is not measured", () => {
    const step = buildStep({ status: { state: "stopped" }, finish: null });
    expect(verdictOn(caseOf([says("yes")]), { step })).toMatchObject({
      verdict: "not-measured",
      reason: "stopped",
    });
  });

  test.each(["UND_ERR_BODY_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "CONNECTION_LOST"])(
    "that ended at a limit of Vitrine's own (%s) is not measured",
    (code) => {
      const error = { source: "network", code, message: "Nothing more arrived.", retryable: true } as const;
      const step = { ...stepOf({ text: "Well," }, "stream"), status: { state: "truncated", error } } as const;
      expect(verdictOn(caseOf([says("yes")]), { step })).toMatchObject({
        verdict: "not-measured",
        reason: "outage",
      });
    },
  );

  test("of a case that takes both modes is not measured until the other one is there", () => {
    const of = caseOf([says("yes")], [{ what: "both-modes" }]);
    const trial = scriptTrial(of, [[{ text: "yes" }]]);
    expect(gradeTrial(of, trial)).toMatchObject({ verdict: "not-measured", reason: "not-exercised" });
    expect(gradeTrial(of, { ...trial, paired: shapeOf(trial) })).toEqual({ verdict: "pass", notes: [] });
  });

  test("without a turn is not measured", () => {
    const of = caseOf([says("yes")]);
    expect(gradeTrial(of, scriptTrial(of, []))).toMatchObject({
      verdict: "not-measured",
      reason: "not-exercised",
    });
  });

  test("that is cut below its limit ran out of context", () => {
    const said = {
      text: "Well,",
      finish: "length",
      usage: { prompt_tokens: 20, completion_tokens: 90, total_tokens: 110 },
      facts: { request: { max_tokens: 1024 } },
    };
    expect(verdictOn(caseOf([says("yes")]), said)).toMatchObject({
      verdict: "not-measured",
      reason: "context",
    });
  });

  test("points at the argument that is wrong", () => {
    const of = writeCase({
      id: "O2",
      group: "own",
      title: "any",
      prompt: "Go on.",
      tools: [writeTool({ name: "set", description: "Sets it.", properties: { "a/b": { type: "string" } } })],
      expects: [calls([{ name: "set", arguments: { "a/b": { is: "raw", value: "x" } }, optional: [] }])],
    });
    expect(verdictOn(of, { calls: [["set", { "a/b": "y" }]] })).toEqual({
      verdict: "fail",
      fault: "argument",
      blame: "model",
      why: 'The arguments of set are not those that were asked for: a/b is "y", not "x".',
      evidence: [{ at: "argument", turn: 0, step: 0, part: "call-1", path: "/a~1b" }],
    });
  });

  test("with a forbidden call fails, although the call is allowed too", () => {
    const of = caseOf([calls([], { allowed: ["look_up"], forbidden: ["look_up"] })]);
    expect(verdictOn(of, { calls: [["look_up", {}]] }, { text: "yes" })).toMatchObject({
      verdict: "fail",
      why: "look_up was called, although it must not be.",
    });
  });

  test("with a call that is allowed beside the expected ones passes", () => {
    expect(
      verdictOn(
        caseOf([calls([], { allowed: ["look_up"] }), says("yes")]),
        { calls: [["look_up", {}]] },
        { text: "yes" },
      ),
    ).toEqual({ verdict: "pass", notes: [] });
  });
});
