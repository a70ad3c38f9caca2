/** For tests: the trial of a case in which everything is right. */
import type { VerifyCase } from "@/lib/verify/case";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { shapeOf } from "@/lib/verify/graders/parity";

import { GOOD_ANSWERS, GOOD_EFFORTS } from "./good-answers";
import { type Said, scriptTrial } from "./script-trial";

/** The good answers to a case. */
export function goodAnswers({ id }: VerifyCase): readonly (readonly Said[])[] {
  const answers = GOOD_ANSWERS[id];
  if (answers === undefined) throw new Error(`good-answers.ts has no answer to ${id}.`);
  return answers;
}

/** A trial with these answers, and beside them all that a good trial has. */
export function trialOf(
  of: VerifyCase,
  answers: readonly (readonly Said[])[],
  more: Partial<GradedTrial> = {},
): GradedTrial {
  const mode = more.mode ?? of.modes[0] ?? "stream";
  const other = mode === "stream" ? "whole" : "stream";
  const paired = shapeOf(scriptTrial(of, goodAnswers(of), { mode: other }));
  return scriptTrial(of, answers, { mode, paired, efforts: GOOD_EFFORTS, ...more });
}
