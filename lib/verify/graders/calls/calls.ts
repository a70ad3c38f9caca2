/** Calls as they were expected: which, how often, with which arguments, in any order. */
import type { Expectation, ExpectedCall, VerifyCase } from "@/lib/verify/case";
import { blameForCall, blameForMissingCall, isAsWritten } from "@/lib/verify/graders/blame";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { type Fault, type Outcome, outcomeOf } from "@/lib/verify/graders/outcome";
import {
  atAnswer,
  atArgument,
  atPart,
  callsOf,
  fieldsOf,
  quoted,
  type SeenCall,
  stepsOf,
} from "@/lib/verify/graders/seen";

import { compareArguments, type Difference } from "./compare-arguments";
import { matchCalls } from "./match-calls";

type Rule = Extract<Expectation, { grader: "calls" }>;

/** All expected calls, no forbidden one, and none beside them but what is allowed. */
export function gradeCalls(rule: Rule, of: VerifyCase, trial: GradedTrial): Outcome {
  const calls = callsOf(trial).filter((seen) => counts(rule, seen));
  const forbidden = calls.filter(({ name }) => rule.forbidden.includes(name));
  const { matched, missing, extra } = matchCalls(
    rule.calls,
    calls.filter((seen) => !forbidden.includes(seen)),
  );
  const { pairs, unpaired, unasked } = pairByName(missing, extra);
  const faults: Fault[] = [
    ...forbidden.map((seen) => wrongCall(trial, seen, `${seen.name} was called, although it must not be.`)),
    ...missingCalls(unpaired, rule, of, trial),
    ...unasked
      .filter(({ name }) => !rule.allowed.includes(name))
      .map((seen) => wrongCall(trial, seen, whyExtra(seen, rule))),
    ...pairs.map(({ expected, seen }) => wrongArguments(trial, expected, seen)),
  ];
  const normalized = matched.filter(({ fit }) => fit === "normalized");
  return outcomeOf(
    faults,
    normalized.map(
      ({ seen }) =>
        `The arguments of ${seen.name} are equal once case, white space and punctuation are left out.`,
    ),
  );
}

function counts({ of }: Rule, { turn, index }: SeenCall): boolean {
  if (of === "trial") return true;
  return of === "first-step" ? turn === 0 && index === 0 : turn === of.prompt;
}

/** Calls that are missing and calls that are too many, as pairs of the same tool with other arguments. */
function pairByName(missing: readonly ExpectedCall[], extra: readonly SeenCall[]) {
  const left = [...extra];
  const pairs: { readonly expected: ExpectedCall; readonly seen: SeenCall }[] = [];
  const unpaired: ExpectedCall[] = [];
  for (const expected of missing) {
    const closest = left
      .filter(({ name }) => name === expected.name)
      .toSorted((one, other) => distance(expected, one) - distance(expected, other))[0];
    if (closest === undefined) {
      unpaired.push(expected);
      continue;
    }
    left.splice(left.indexOf(closest), 1);
    pairs.push({ expected, seen: closest });
  }
  return { pairs, unpaired, unasked: left };
}

function distance(expected: ExpectedCall, seen: SeenCall): number {
  return compareArguments(expected, fieldsOf(seen)).differences.length;
}

function missingCalls(
  missing: readonly ExpectedCall[],
  { of: counted }: Rule,
  of: VerifyCase,
  trial: GradedTrial,
): readonly Fault[] {
  if (missing.length === 0) return [];
  const turn = typeof counted === "object" ? counted.prompt : 0;
  const seen = stepsOf(trial).find((each) => each.turn === turn);
  const names = missing.map(({ name }) => name);
  return [
    {
      fault: "choice",
      blame: seen === undefined ? "undecided" : blameForMissingCall(of, trial, seen, names),
      why: `${names.join(" and ")} should be called${of.prompts.length > 1 ? ` after prompt ${turn + 1}` : ""}, and ${names.length === 1 ? "was" : "were"} not.`,
      evidence: seen === undefined ? [] : [atAnswer(seen)],
    },
  ];
}

function whyExtra({ name, call }: SeenCall, { calls }: Rule): string {
  const isExpected = calls.some((expected) => expected.name === name);
  return isExpected
    ? `${name} was called once more than expected, with ${quoted(call.input)}.`
    : `${name} was called, although the question does not need it.`;
}

function wrongCall(trial: GradedTrial, seen: SeenCall, why: string): Fault {
  return { fault: "choice", blame: blameForCall(trial, seen), why, evidence: [atPart(seen, seen.call)] };
}

/** Arguments that are not those that were expected. Of what a server may have made of them only what the model wrote tells. */
export function wrongArguments(trial: GradedTrial, expected: ExpectedCall, seen: SeenCall): Fault {
  const { differences } = compareArguments(expected, fieldsOf(seen));
  const isOwn = isAsWritten(trial, seen);
  const isFormal = differences.some((each) => each.isFormal) || !seen.args.valid;
  return {
    fault: "argument",
    blame: isOwn === false ? "server" : isOwn === null && isFormal ? "undecided" : "model",
    why: `The arguments of ${seen.name} are not those that were asked for: ${differences.map(({ why }) => why).join("; ")}.`,
    evidence: differences.map(({ path }: Difference) => atArgument(seen, path)),
  };
}
