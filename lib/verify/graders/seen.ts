/** The steps, calls and texts of a trial with where they stand, for graders to point at. */
import { framesOfWords } from "@/lib/inspect/find-frames";
import type { Frame } from "@/lib/inspect/frame";
import { textOf, unplaceWords } from "@/lib/inspect/part-places";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Json } from "@/lib/stream/turn/json";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type {
  ParsedArguments,
  Part,
  ReasoningPart,
  Step,
  TextPart,
  ToolCallPart,
} from "@/lib/stream/turn/turn";
import type { Evidence, FrameRange } from "@/lib/verify/trial";

import type { GradedTrial, StepFacts } from "./graded-trial";

export type SeenStep = {
  readonly turn: number;
  readonly index: number;
  readonly step: Step;
  /** Reads the bytes of the step again: only where there is something to point at. */
  readonly frames: () => readonly Frame[];
};

export type SeenCall = SeenStep & {
  readonly call: ToolCallPart;
  /** The name without white space around it. */
  readonly name: string;
  readonly args: ParsedArguments;
};

const NO_FACTS: StepFacts = { request: null, written: null, prompt: null };

/** All steps, oldest first. */
export function stepsOf({ turns, framesOf }: GradedTrial): readonly SeenStep[] {
  return turns.flatMap(({ steps }, turn) =>
    steps.map((step, index) => ({ turn, index, step, frames: () => framesOf(step.id) })),
  );
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
export function callsIn({ turn, index, step, frames }: SeenStep): readonly SeenCall[] {
  return step.parts
    .filter((part) => part.type === "tool-call")
    .map((call) => {
      const [name, args] = [calledName(call), parseArguments(call.input)];
      return { turn, index, step, frames, call, name, args };
    });
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

/** Points at a part of a step, and at the frames that brought it. */
export function atPart(seen: SeenStep, part: Part): Evidence {
  return { at: "part", turn: seen.turn, step: seen.index, part: part.id, ...framesOfPart(seen, part) };
}

/** Points into the arguments of a call, and at the frames that brought it. */
export function atArgument(seen: SeenCall, path: string): Evidence {
  const { turn, index, call } = seen;
  return { at: "argument", turn, step: index, part: call.id, path, ...framesOfPart(seen, call) };
}

/** Points at the text that came where something else was expected, or at the step where none did. */
export function atAnswer(seen: SeenStep): Evidence {
  const part = textsIn(seen).find(({ text }) => text.trim() !== "");
  return part === undefined ? atStep(seen) : atPart(seen, part);
}

/** Points at the last frame of a step that is meant, or at the step where there is none. */
export function atFrame(seen: SeenStep, isMeant: (frame: Frame) => boolean = () => true): Evidence {
  const frame = seen.frames().findLastIndex(isMeant);
  return frame < 0 ? atStep(seen) : { at: "frame", turn: seen.turn, step: seen.index, frame };
}

/** Where a call without arguments is named. */
function framesThatName(frames: readonly Frame[], part: Part): readonly number[] {
  if (part.type !== "tool-call" || part.callId === null) return [];
  const name = JSON.stringify(part.callId);
  return frames.flatMap(({ text }, index) => (text.includes(name) ? [index] : []));
}

function framesOfPart({ step, frames }: SeenStep, part: Part): { readonly frames?: FrameRange } {
  const text = textOf(part) ?? "";
  const words = unplaceWords(step, { part: part.id, from: 0, to: text.length });
  const made = framesOfWords(frames(), [words]);
  const places = made.length > 0 ? made : framesThatName(frames(), part);
  const [first] = places;
  const last = places.at(-1);
  return first === undefined || last === undefined ? {} : { frames: { first, last } };
}

/** At most this many characters of a text, in quotes. */
export function quoted(text: string, most = 120): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return `“${line.length <= most ? line : `${line.slice(0, most)}…`}”`;
}
