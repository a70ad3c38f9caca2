/** Whether a stream and a whole answer to the same request have the same structure. */
import type { Step } from "@/lib/stream/turn/turn";
import type { AnswerMode } from "@/lib/verify/case";
import type { AnswerShape } from "@/lib/verify/trial";

import type { GradedTrial } from "./graded-trial";
import { notExercised, type Outcome, outcomeOf } from "./outcome";
import { isSameWriting, seenWriting } from "./same-writing";
import { callsIn, callsOf, factsOf, fieldsOf, type SeenCall, stepsOf } from "./seen";

/** The same kinds of parts, and the same calls with the same arguments' names; never the same words. */
export function gradeParity(mode: AnswerMode, own: AnswerShape | null, paired: AnswerShape | null): Outcome {
  if (own === null) return notExercised("No answer came that could be compared.");
  if (paired === null) return notExercised("No answer of the other mode is there to compare it with.");
  const isSameCalls = own.calls === paired.calls;
  if (isSameCalls && own.kinds === paired.kinds) return outcomeOf([]);
  const isLost = !own.isCalling || !paired.isCalling;
  const [one, two] = isSameCalls ? [own.kinds, paired.kinds] : [own.calls, paired.calls];
  const [first, second] =
    mode === "stream" ? ["stream", "whole answer"] : (["whole answer", "stream"] as const);
  return outcomeOf([
    {
      fault: isLost && !isSameCalls ? "parse" : "wire",
      blame: wroteTheSame(own, paired) ? "server" : "undecided",
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
    seen: seenWriting(first.step),
  };
}

function callShape(seen: SeenCall): string {
  return `${seen.name}(${[...fieldsOf(seen).keys()].toSorted().join(", ")})`;
}

function kinds({ parts }: Step): string {
  const shown = parts.filter((part) => !(part.type === "text" && part.text.trim() === ""));
  return [...new Set(shown.map(({ type }) => type))].toSorted().join(", ");
}

/** A server reports what the model wrote of whole answers only: then a stream of as many tokens has to stand in it. */
function wroteTheSame(one: AnswerShape, other: AnswerShape): boolean {
  if (one.written === null)
    return (
      other.written !== null && isSameWriting({ written: other.written, tokens: other.seen.tokens }, one.seen)
    );
  if (other.written !== null) return one.written === other.written;
  return isSameWriting({ written: one.written, tokens: one.seen.tokens }, other.seen);
}
