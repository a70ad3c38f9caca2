import { calledName } from "@/lib/stream/turn/called-name";
/** The steps, calls and texts of a trial with where they stand, for graders to point at. */
import type { Json } from "@/lib/stream/turn/json";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { ReasoningPart, Step, TextPart, ToolCallPart, ParsedArguments } from "@/lib/stream/turn/turn";
import type { Evidence } from "@/lib/verify/trial";

import type { GradedTrial, StepFacts } from "./graded-trial";

export type SeenStep = { readonly turn: number; readonly index: number; readonly step: Step };

export type SeenCall = SeenStep & {
  readonly call: ToolCallPart;
  /** The name without white space around it. */
  readonly name: string;
  readonly args: ParsedArguments;
};

const NO_FACTS: StepFacts = { request: null, written: null, prompt: null };

/** All steps, oldest first. */
export function stepsOf({ turns }: GradedTrial): readonly SeenStep[] {
  return turns.flatMap(({ steps }, turn) => steps.map((step, index) => ({ turn, index, step })));
}

/** The step that ended the trial; null where nothing was sent. */
export function lastStep(trial: GradedTrial): SeenStep | null {
  return stepsOf(trial).at(-1) ?? null;
}

/** What is known of a step beside its turn. */
export function factsOf({ facts }: GradedTrial, { step }: SeenStep): StepFacts {
  return facts[step.id] ?? NO_FACTS;
}

/** All calls that a person's tools had to answer, in the order in which they came. */
export function callsOf(trial: GradedTrial): readonly SeenCall[] {
  return stepsOf(trial).flatMap(callsIn);
}

/** The calls of one step. */
export function callsIn({ turn, index, step }: SeenStep): readonly SeenCall[] {
  return step.parts
    .filter((part) => part.type === "tool-call")
    .map((call) => ({ turn, index, step, call, name: calledName(call), args: parseArguments(call.input) }));
}

/** The arguments of a call as an object's fields; none where they are not JSON. */
export function fieldsOf({ args }: SeenCall): ReadonlyMap<string, Json> {
  if (!args.valid || typeof args.value !== "object" || args.value === null || Array.isArray(args.value))
    return new Map();
  return new Map(Object.entries(args.value));
}

/** The texts of a step that a person reads as its answer. */
export function textsIn({ step }: SeenStep): readonly TextPart[] {
  return step.parts.filter((part) => part.type === "text");
}

/** The thoughts of a step. */
export function thoughtsIn({ step }: SeenStep): readonly ReasoningPart[] {
  return step.parts.filter((part) => part.type === "reasoning");
}

/** The texts of a step as one. */
export function answerIn(seen: SeenStep | null): string {
  return seen === null
    ? ""
    : textsIn(seen)
        .map(({ text }) => text)
        .join("")
        .trim();
}

/** Points at a step. */
export function atStep({ turn, index }: SeenStep): Evidence {
  return { at: "step", turn, step: index };
}

/** Points at a part of a step. */
export function atPart({ turn, index }: SeenStep, { id }: { readonly id: string }): Evidence {
  return { at: "part", turn, step: index, part: id };
}

/** Points into the arguments of a call. */
export function atArgument({ turn, index, call }: SeenCall, path: string): Evidence {
  return { at: "argument", turn, step: index, part: call.id, path };
}

/** At most this many characters of a text, in quotes. */
export function quoted(text: string, most = 120): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return `“${line.length <= most ? line : `${line.slice(0, most)}…`}”`;
}
