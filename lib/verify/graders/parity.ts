/** Whether a stream and a whole answer to the same request have the same structure. */
import type { Step } from "@/lib/stream/turn/turn";
import type { VerifyCase } from "@/lib/verify/case";

import type { GradedTrial } from "./graded-trial";
import { notExercised, type Outcome, outcomeOf } from "./outcome";
import { atStep, callsIn, callsOf, factsOf, fieldsOf, type SeenCall, type SeenStep, stepsOf } from "./seen";

/** The same kinds of parts, and the same calls with the same arguments' names; never the same words. */
export function gradeParity(_of: VerifyCase, trial: GradedTrial): Outcome {
  const { paired } = trial;
  const [first] = stepsOf(trial);
  const other = paired === null ? undefined : stepsOf(paired)[0];
  if (paired === null || first === undefined || other === undefined)
    return notExercised("It was not run in the other mode.");
  const [own, theirs] = [callNames(trial), callNames(paired)];
  if (own === theirs && kinds(first.step) === kinds(other.step)) return outcomeOf([]);
  const isLost = callsOf(trial).length === 0 || callsOf(paired).length === 0;
  const isSameCalls = own === theirs;
  const [one, two] = isSameCalls ? [kinds(first.step), kinds(other.step)] : [own, theirs];
  return outcomeOf([
    {
      fault: isLost && !isSameCalls ? "parse" : "wire",
      blame: wroteTheSame(trial, first, paired, other) ? "server" : "undecided",
      why: `The ${trial.mode === "stream" ? "stream" : "whole answer"} has ${one || "nothing"}, and the ${paired.mode === "stream" ? "stream" : "whole answer"} ${two || "nothing"}.`,
      evidence: [atStep(first)],
    },
  ]);
}

function callNames(trial: GradedTrial): string {
  const [first] = stepsOf(trial);
  const calls = first === undefined ? [] : callsIn(first);
  return calls.map(shapeOf).toSorted().join(", ");
}

function shapeOf(seen: SeenCall): string {
  return `${seen.name}(${[...fieldsOf(seen).keys()].toSorted().join(", ")})`;
}

function kinds({ parts }: Step): string {
  const shown = parts.filter((part) => !(part.type === "text" && part.text.trim() === ""));
  return [...new Set(shown.map(({ type }) => type))].toSorted().join(", ");
}

function wroteTheSame(trial: GradedTrial, first: SeenStep, paired: GradedTrial, other: SeenStep): boolean {
  const { written } = factsOf(trial, first);
  return written !== null && written === factsOf(paired, other).written;
}
