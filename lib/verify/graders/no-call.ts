/** Answers without a call. */
import type { Expectation, VerifyCase } from "@/lib/verify/case";

import { blameForCall, blameForText } from "./blame";
import type { GradedTrial } from "./graded-trial";
import { type Fault, type Outcome, outcomeOf } from "./outcome";
import { answerIn, atAnswer, atPart, callsOf, lastStep, quoted } from "./seen";

type Rule = Extract<Expectation, { grader: "no-call" }>;

/** No call, a text, and where it is asked for a question back. */
export function gradeNoCall({ asks }: Rule, of: VerifyCase, trial: GradedTrial): Outcome {
  const faults: Fault[] = callsOf(trial).map((seen) => ({
    fault: "choice",
    blame: blameForCall(trial, seen),
    why: `${seen.name} was called, although no tool fits the question.`,
    evidence: [atPart(seen, seen.call)],
  }));
  const last = lastStep(trial);
  const text = answerIn(last);
  const evidence = last === null ? [] : [atAnswer(last)];
  const prompts = of.prompts.map((prompt) => prompt.text);
  const blame =
    last === null
      ? "undecided"
      : blameForText(trial, last, prompts, {
          isGood: (written) => written !== "" && (!asks || ASKS.test(written)),
          mayBeCut: text === "",
        });
  if (faults.length === 0 && text === "")
    faults.push({ fault: "text", blame, why: "Neither a call nor a text came.", evidence });
  else if (asks && text !== "" && !ASKS.test(text))
    faults.push({
      fault: "text",
      blame,
      why: `The answer should ask for what is missing: ${quoted(text)}.`,
      evidence,
    });
  return outcomeOf(faults);
}

const ASKS =
  /[?？]|\b(?:which|please (?:provide|tell|specify|share|give|let)|let me know|need (?:to know|the|your|a|more)|could you|can you)\b/iu;
