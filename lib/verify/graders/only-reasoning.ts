/** Answers that are more than a thought. */
import type { VerifyCase } from "@/lib/verify/case";

import type { GradedTrial } from "./graded-trial";
import { type Outcome, outcomeOf } from "./outcome";
import { answerIn, atPart, atStep, factsOf, type SeenStep, stepsOf, thoughtsIn } from "./seen";

/** Every step has a text, a call or a picture beside its thoughts. */
export function gradeNotOnlyReasoning(_of: VerifyCase, trial: GradedTrial): Outcome {
  return outcomeOf(
    stepsOf(trial)
      .filter((seen) => isOnlyThought(seen))
      .map((seen) => {
        const [thought] = thoughtsIn(seen);
        const { written } = factsOf(trial, seen);
        return {
          fault: "text",
          // What the model wrote after its thought would have been the answer.
          blame: written === null ? "undecided" : isAfterThought(written) ? "server" : "model",
          why: "Only a thought came, and no answer.",
          evidence: [thought === undefined ? atStep(seen) : atPart(seen, thought)],
        };
      }),
  );
}

function isOnlyThought(seen: SeenStep): boolean {
  const { parts } = seen.step;
  const isMore = parts.some(({ type }) => type !== "reasoning" && type !== "text");
  return thoughtsIn(seen).length > 0 && answerIn(seen) === "" && !isMore;
}

function isAfterThought(written: string): boolean {
  const close = /<\/think(?:ing)?>|<\|channel\|>final<\|message\|>|\[\/THINK\]/u.exec(written);
  return close !== null && written.slice(close.index + close[0].length).trim() !== "";
}
