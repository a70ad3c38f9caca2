/** Calls one after the other, where a later one needs what an earlier one gave. */
import type { Expectation, ExpectedCall, VerifyCase } from "@/lib/verify/case";
import { blameForMissingCall, blameForOmission } from "@/lib/verify/graders/blame";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { type Fault, type Outcome, outcomeOf } from "@/lib/verify/graders/outcome";
import { atAnswer, atStep, callsOf, type SeenCall, stepsOf } from "@/lib/verify/graders/seen";

import { wrongArguments } from "./calls";
import { fitOf } from "./match-calls";

type Rule = Extract<Expectation, { grader: "sequence" }>;

/** The expected calls in their order; others may stand between them. */
export function gradeSequence(rule: Rule, of: VerifyCase, trial: GradedTrial): Outcome {
  const calls = callsOf(trial);
  const notes: string[] = [];
  const faults: Fault[] = [];
  let from = 0;
  for (const [index, expected] of rule.calls.entries()) {
    const at = calls.findIndex((seen, place) => place >= from && fitOf(expected, seen) !== "different");
    const found = calls[at];
    if (found === undefined) {
      faults.push(missed(expected, index, calls.slice(from), { of, trial }));
      break;
    }
    if (fitOf(expected, found) === "normalized")
      notes.push(
        `The arguments of ${found.name} are equal once case, white space and punctuation are left out.`,
      );
    from = at + 1;
  }
  const steps = stepsOf(trial);
  const last = steps.at(-1);
  if (steps.length > rule.maxSteps && last !== undefined)
    faults.push({
      fault: "end",
      blame: "model",
      why: `It took ${steps.length} steps; ${rule.maxSteps} are enough.`,
      evidence: [atStep(last)],
    });
  return outcomeOf(faults, notes);
}

/** Why the next expected call is not there: called with other arguments, or not at all. */
function missed(
  expected: ExpectedCall,
  index: number,
  rest: readonly SeenCall[],
  { of, trial }: { readonly of: VerifyCase; readonly trial: GradedTrial },
): Fault {
  const other = rest.find(({ name }) => name === expected.name);
  if (other !== undefined) {
    const fault = wrongArguments(trial, expected, other);
    if (index === 0) return fault;
    // From the second call on the arguments come from a result: if they are the model's, whether it could read that decides.
    const blame = fault.blame === "model" ? blameForResults(trial, other) : fault.blame;
    return { ...fault, fault: "result-use", blame };
  }
  const last = stepsOf(trial).at(-1);
  return {
    fault: "choice",
    blame: last === undefined ? "undecided" : blameForMissingCall(of, trial, last, [expected.name]),
    why: `${expected.name} should be called${index === 0 ? "" : ` after ${index} ${index === 1 ? "call" : "calls"}`}, and was not.`,
    evidence: last === undefined ? [] : [atAnswer(last)],
  };
}

function blameForResults(trial: GradedTrial, seen: SeenCall) {
  const given = callsOf(trial)
    .filter(({ turn, index }) => turn < seen.turn || (turn === seen.turn && index < seen.index))
    .flatMap(({ call }) => (call.status.state === "answered" ? [call.status.result.output] : []));
  return blameForOmission(trial, seen, given);
}
