/** Whether a stream and a whole answer to the same request have the same structure. */
import type { Step } from "@/lib/stream/turn/turn";
import type { AnswerMode } from "@/lib/verify/case";
import type { AnswerShape } from "@/lib/verify/trial";

import type { GradedTrial } from "./graded-trial";
import { notExercised, type Outcome, outcomeOf } from "./outcome";
import { callsIn, callsOf, factsOf, fieldsOf, type SeenCall, stepsOf } from "./seen";

/** The same kinds of parts, and the same calls with the same arguments' names; never the same words. */
export function gradeParity(mode: AnswerMode, own: AnswerShape | null, paired: AnswerShape | null): Outcome {
  if (own === null) return notExercised("No answer came that could be compared.");
  if (paired === null) return notExercised("No answer of the other mode is there to compare it with.");
  const isSameCalls = own.calls === paired.calls;
  if (isSameCalls && own.kinds === paired.kinds) return outcomeOf([]);
  const isLost = !own.isCalling || !paired.isCalling;
  const [one, two] = isSameCalls ? [own.kinds, paired.kinds] : [own.calls, paired.calls];
  const isSameWriting = own.written !== null && own.written === paired.written;
  const [first, second] =
    mode === "stream" ? ["stream", "whole answer"] : (["whole answer", "stream"] as const);
  return outcomeOf([
    {
      fault: isLost && !isSameCalls ? "parse" : "wire",
      blame: isSameWriting ? "server" : "undecided",
      why: `The ${first} has ${one || "nothing"}, and the ${second} ${two || "nothing"}.`,
      evidence: [{ at: "step", turn: 0, step: 0 }],
    },
  ]);
}

/** The structure of a trial's first answer; null where nothing was sent. */
export function shapeOf(trial: GradedTrial): AnswerShape | null {
  const [first] = stepsOf(trial);
  if (first === undefined) return null;
  return {
    calls: callsIn(first).map(callShape).toSorted().join(", "),
    kinds: kinds(first.step),
    isCalling: callsOf(trial).length > 0,
    written: factsOf(trial, first).written,
  };
}

function callShape(seen: SeenCall): string {
  return `${seen.name}(${[...fieldsOf(seen).keys()].toSorted().join(", ")})`;
}

function kinds({ parts }: Step): string {
  const shown = parts.filter((part) => !(part.type === "text" && part.text.trim() === ""));
  return [...new Set(shown.map(({ type }) => type))].toSorted().join(", ");
}
