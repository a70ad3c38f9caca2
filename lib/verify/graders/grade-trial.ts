/** The verdict on a trial, also where it depends on what others came to. Pure. */
import type { AnswerMode, Exercise, Expectation, VerifyCase } from "@/lib/verify/case";
import type { AnswerShape, LaterVerdict, Verdict } from "@/lib/verify/trial";

import { gradeEffortTrend, isSamePrompt } from "./effort";
import { gradeAlone } from "./grade-alone";
import type { EffortLevel, GradedTrial } from "./graded-trial";
import { firstFault, type Outcome } from "./outcome";
import { gradeParity, shapeOf } from "./parity";

/** What is known of other trials of the same case and lane. */
export type Others = {
  /** The answer in the other mode; null = none, or not yet. */
  readonly paired: AnswerShape | null;
  /** Tokens of thought in all trials of the case so far. */
  readonly levels: readonly EffortLevel[];
};

/** The verdict on a trial, with what it knows of others. */
export function gradeTrial(of: VerifyCase, trial: GradedTrial): Verdict {
  if (!needsOthers(of)) return gradeAlone(of, trial).verdict;
  const others = { paired: trial.paired, levels: trial.efforts?.levels ?? [] };
  return settledVerdict(of, trial.mode, laterVerdict(of, trial), others);
}

/** Whether a verdict on the case depends on other trials of it. */
export function needsOthers({ expects, exercised }: VerifyCase): boolean {
  return expects.some(isLater) || exercised.some(isBothModes);
}

/** What a trial says by itself, to be settled as often as other trials end. */
export function laterVerdict(of: VerifyCase, trial: GradedTrial): LaterVerdict {
  const alone = {
    ...of,
    expects: of.expects.filter((each) => !isLater(each)),
    exercised: of.exercised.filter((each) => !isBothModes(each)),
  };
  const { verdict, beside } = gradeAlone(alone, trial);
  const hasAnswer = verdict.verdict === "pass" || verdict.verdict === "fail";
  const isCompared = of.exercised.some(isBothModes) || of.expects.some(({ grader }) => grader === "parity");
  return {
    ifHeld: verdict,
    beside,
    shape: hasAnswer && isCompared ? shapeOf(trial) : null,
    isSamePrompt: isSamePrompt(trial),
  };
}

/** The verdict with what is known of other trials now. */
export function settledVerdict(
  of: VerifyCase,
  mode: AnswerMode,
  later: LaterVerdict,
  { paired, levels }: Others,
): Verdict {
  const { ifHeld, beside, shape } = later;
  if (ifHeld.verdict === "not-measured" || ifHeld.verdict === "skipped") return ifHeld;
  const outcomes = of.expects.flatMap((each): readonly Outcome[] => {
    if (each.grader === "parity") return [gradeParity(mode, shape, paired)];
    return each.grader === "effort-trend" ? [gradeEffortTrend(levels, later.isSamePrompt)] : [];
  });
  const broken = outcomes.flatMap((outcome) => (outcome.kind === "broken" ? outcome.faults : []));
  if (broken.length > 0) {
    const first = firstFault([...(beside === null ? [] : [beside]), ...broken]);
    if (first !== null) return { ...first, verdict: "fail" };
  }
  if (ifHeld.verdict === "fail") return ifHeld;
  if (paired === null && of.exercised.some(isBothModes))
    return { verdict: "not-measured", reason: "not-exercised", why: "No answer of the other mode is there." };
  const unmeasured = outcomes.find((outcome) => outcome.kind === "not-measured");
  if (unmeasured !== undefined)
    return { verdict: "not-measured", reason: unmeasured.reason, why: unmeasured.why };
  const notes = outcomes.flatMap((outcome) => (outcome.kind === "held" ? outcome.notes : []));
  return { verdict: "pass", notes: [...new Set([...notes, ...ifHeld.notes])] };
}

function isBothModes({ what }: Exercise): boolean {
  return what === "both-modes";
}

function isLater({ grader }: Expectation): boolean {
  return grader === "parity" || grader === "effort-trend";
}
