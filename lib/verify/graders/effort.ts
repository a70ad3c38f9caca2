/** Whether a level of effort reaches the model, and whether it changes what the model does. */
import type { VerifyCase } from "@/lib/verify/case";
import { spearman } from "@/lib/verify/statistics/spearman";
import { REFUSED_EFFORT } from "@/lib/verify/trial";

import { acceptsRefusal } from "./broken-answer";
import type { EffortLevel, GradedTrial } from "./graded-trial";
import { errorOf } from "./not-measured";
import { held, notExercised, type Outcome, outcomeOf } from "./outcome";
import { lastStep, quoted } from "./seen";

/** Trials of each level that a median needs. */
const LEAST_TRIALS = 3;

/** Rendered prompts differ between levels, or the server refuses the field and says so. */
export function gradeEffortProof(_of: VerifyCase, trial: GradedTrial): Outcome {
  const renders = trial.efforts?.renders ?? [];
  if (renders.length >= 2) {
    const prompts = [...new Set(renders.map(({ prompt }) => prompt))];
    const equal = prompts
      .map((prompt) => renders.filter((render) => render.prompt === prompt))
      .filter((same) => same.length > 1);
    const names = equal.map((same) => same.map(({ effort }) => effort).join(" and "));
    if (prompts.length > 1) return held(...names.map((each) => `The prompts of ${each} are the same.`));
    return outcomeOf([
      {
        fault: "effort",
        blame: "template",
        why: `The template does not read the effort: the prompts of ${names.join(", ")} are the same.`,
        evidence: [],
      },
    ]);
  }
  const last = lastStep(trial);
  if (last !== null && acceptsRefusal({ grader: "effort-proof" }, trial))
    return held(`${REFUSED_EFFORT}: ${quoted(errorOf(last)?.message ?? "")}`);
  return notExercised("The server renders no prompts, so what the effort changes in them is not seen.");
}

/** Tokens of thought rise with the level: the medians' rank correlation is above 0. */
export function gradeEffortTrend(levels: readonly EffortLevel[], isPromptSame: boolean | null): Outcome {
  if (levels.length < 2) return notExercised("It takes two levels of effort or more to see a trend.");
  const few = levels.find(({ reasoningTokens }) => reasoningTokens.length < LEAST_TRIALS);
  if (few !== undefined)
    return notExercised(
      `It takes ${LEAST_TRIALS} trials with counted thoughts per level; ${few.effort} has ${few.reasoningTokens.length}.`,
    );
  const medians = levels.map(({ reasoningTokens }) => median(reasoningTokens));
  const said = levels.map(({ effort }, index) => `${effort} ${medians[index] ?? "–"}`).join(", ");
  if (isRising(medians)) return held(`Median tokens of thought: ${said}.`);
  return outcomeOf([
    {
      fault: "effort",
      blame: isPromptSame === null ? "undecided" : isPromptSame ? "template" : "model",
      why: `Tokens of thought do not rise with the effort. Medians: ${said}.`,
      evidence: [],
    },
  ]);
}

/** Whether the prompts at all levels are rendered the same; null where fewer than two are known. */
export function isSamePrompt({ efforts }: GradedTrial): boolean | null {
  const renders = efforts?.renders ?? [];
  return renders.length < 2 ? null : new Set(renders.map(({ prompt }) => prompt)).size === 1;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Whether the medians rise with their levels on the whole. */
function isRising(medians: readonly number[]): boolean {
  const [low = 0, high = 0] = medians;
  if (medians.length === 2) return high > low;
  return (spearman([...medians.keys()], medians) ?? 0) > 0;
}
