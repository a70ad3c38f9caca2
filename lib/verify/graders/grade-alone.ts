/** What a trial says by itself: what kept it from being measured, then what is broken, in the order of fault classes. Pure. */
import type { Expectation, VerifyCase } from "@/lib/verify/case";
import { invalidCalls } from "@/lib/verify/graders/calls/call-validity";
import { gradeCalls } from "@/lib/verify/graders/calls/calls";
import { gradeSequence } from "@/lib/verify/graders/calls/sequence";
import type { Failure, Verdict } from "@/lib/verify/trial";

import { gradeAnswerSchema } from "./answer-schema";
import { acceptsRefusal, brokenAnswers } from "./broken-answer";
import { gradeChoice } from "./choice";
import { gradeEffortProof, gradeEffortTrend, isSamePrompt } from "./effort";
import { gradeEnds } from "./ends";
import { whyNotExercised } from "./exercised";
import type { GradedTrial } from "./graded-trial";
import { gradeHttp } from "./http";
import { gradeLeak, leaks } from "./leak";
import { gradeNoCall } from "./no-call";
import { whyNotMeasured } from "./not-measured";
import { gradeNotOnlyReasoning } from "./only-reasoning";
import { type Fault, firstFault, type Outcome } from "./outcome";
import { gradeParity, shapeOf } from "./parity";
import { gradeText } from "./text";
import { gradeWire, oddities } from "./wire";

export type OwnVerdict = {
  readonly verdict: Verdict;
  /** The first fault of the trial where something else is broken: then markup that a server left counts too. */
  readonly beside: Failure | null;
};

/**
 * The verdict on a trial by itself. What kept it from being measured comes first. Broken answers and calls that could not
 * run always count; markup that a server left and what is odd in its bytes count where an expectation is broken or the feature was not reached, and are
 * notes otherwise. Of all faults the first in the order of `FAULT_CLASSES` names the verdict.
 */
export function gradeAlone(of: VerifyCase, trial: GradedTrial): OwnVerdict {
  const reason = whyNotMeasured(of, trial);
  if (reason !== null) return { verdict: { verdict: "not-measured", ...reason }, beside: null };
  const left = [...leaks(of, trial), ...oddities(trial)];
  const always = [...brokenAnswers(of, trial), ...invalidCalls(of, trial)];
  const unreached = of.exercised
    .map((exercise) => whyNotExercised(exercise, of.prompts.length, trial))
    .find((why) => why !== null);
  if (unreached !== undefined) {
    const beside = failureOf([...always, ...left]);
    const why = { verdict: "not-measured", reason: "not-exercised", why: unreached } as const;
    return { verdict: beside ?? why, beside };
  }
  const outcomes = judged(of, trial).map((expectation) => gradeExpectation(expectation, of, trial));
  const broken = outcomes.flatMap((outcome) => (outcome.kind === "broken" ? outcome.faults : []));
  const beside = failureOf([...always, ...broken, ...left]);
  const failure = broken.length === 0 ? failureOf(always) : beside;
  if (failure !== null) return { verdict: failure, beside };
  const unmeasured = outcomes.find((outcome) => outcome.kind === "not-measured");
  if (unmeasured !== undefined) {
    const { reason: unmet, why } = unmeasured;
    return { verdict: { verdict: "not-measured", reason: unmet, why }, beside };
  }
  const notes = outcomes.flatMap((outcome) => (outcome.kind === "held" ? outcome.notes : []));
  return {
    verdict: { verdict: "pass", notes: [...new Set([...notes, ...left.map(({ why }) => why)])] },
    beside,
  };
}

/** What one expectation of a case says of a trial. */
export function gradeExpectation(expectation: Expectation, of: VerifyCase, trial: GradedTrial): Outcome {
  switch (expectation.grader) {
    case "calls":
      return gradeCalls(expectation, of, trial);
    case "no-call":
      return gradeNoCall(expectation, of, trial);
    case "choice":
      return gradeChoice(expectation, of, trial);
    case "sequence":
      return gradeSequence(expectation, of, trial);
    case "ends":
      return gradeEnds(expectation, of, trial);
    case "text":
      return gradeText(expectation, of, trial);
    case "schema":
      return gradeAnswerSchema(expectation, of, trial);
    case "not-only-reasoning":
      return gradeNotOnlyReasoning(of, trial);
    case "leak":
      return gradeLeak(expectation, of, trial);
    case "wire":
      return gradeWire(expectation, of, trial);
    case "parity":
      return gradeParity(trial.mode, shapeOf(trial), trial.paired);
    case "http":
      return gradeHttp(expectation, of, trial);
    case "effort-proof":
      return gradeEffortProof(of, trial);
    case "effort-trend":
      return gradeEffortTrend(trial.efforts?.levels ?? [], isSamePrompt(trial));
  }
}

/** Of a refused request only what allows for a refusal can be judged. */
function judged(of: VerifyCase, trial: GradedTrial): readonly Expectation[] {
  const accepting = of.expects.filter((each) => acceptsRefusal(each, trial));
  return accepting.length === 0 ? of.expects : accepting;
}

function failureOf(faults: readonly Fault[]): Failure | null {
  const first = firstFault(faults);
  return first === null ? null : { verdict: "fail", ...first };
}
