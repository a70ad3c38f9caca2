/** All that a trial is graded from: the folded answers, and what is known of each request. */
import type { Frame } from "@/lib/inspect/frame";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Turn } from "@/lib/stream/turn/turn";
import type { AnswerMode } from "@/lib/verify/case";
import type { AnswerShape } from "@/lib/verify/trial";

export type GradedTrial = {
  readonly mode: AnswerMode;
  /** One for each prompt that was sent, in their order; fewer than the case has where the trial ended early. */
  readonly turns: readonly Turn[];
  /** By the id of the step. A step that is not here was seen only as its turn shows it. */
  readonly facts: Readonly<Record<string, StepFacts>>;
  /** The frames of a step's last attempt, by the id of the step; none where its bytes are not known. */
  readonly framesOf: FramesOf;
  /** The answer of the same repetition in the other mode, for parity; null = none came, or not yet. */
  readonly paired: AnswerShape | null;
  /** What is known of the lane's levels of effort; null = nothing. */
  readonly efforts: EffortFacts | null;
};

/** What is known of a step beside its turn. null = not known. */
export type StepFacts = {
  /** The body as it was sent. */
  readonly request: JsonObject | null;
  /** What the model wrote, before the server took calls and thoughts out of it (llama.cpp with `verbose: true`). */
  readonly written: string | null;
  /** The prompt as the template rendered it. */
  readonly prompt: string | null;
};

export type EffortFacts = {
  /** The same request as the server's template renders it at two or more levels; null = the server renders none. */
  readonly renders: readonly EffortRender[] | null;
  /** Tokens of thought in all trials of this case so far, by level from low to high. */
  readonly levels: readonly EffortLevel[];
};

export type EffortRender = { readonly effort: string; readonly prompt: string };

/** One number for each trial; trials without a count are left out. */
export type EffortLevel = { readonly effort: string; readonly reasoningTokens: readonly number[] };

export type FramesOf = (stepId: string) => readonly Frame[];
