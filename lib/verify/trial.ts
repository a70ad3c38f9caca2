/** One run of a case in one lane, and what the graders say of it. */
import type { AnswerMode } from "./case";

/**
 * Why a trial failed, in the order in which a fault is looked for. "leak": markup of thoughts or channels in what a person
 * reads. "parse": the model wrote a call and none arrived. The three after it judge a call as it arrived.
 */
export const FAULT_CLASSES = [
  "transport",
  "http",
  "wire",
  "leak",
  "parse",
  "invalid-json",
  "unknown-name",
  "schema-mismatch",
  "choice",
  "argument",
  "result-use",
  "end",
  "text",
  "effort",
] as const;

export type FaultClass = (typeof FAULT_CLASSES)[number];

/** Who is to blame; "undecided" where nothing seen proves it. */
export type Blame = "model" | "server" | "template" | "schema" | "undecided";

/** Frames of the step's last attempt, as the inspector counts them: from 0, both included. */
export type FrameRange = { readonly first: number; readonly last: number };

/** Where the fault can be seen. `frames`: those that brought the part; absent where its bytes are not known, or bring it in no frame. */
export type Evidence =
  | { readonly at: "step"; readonly turn: number; readonly step: number }
  | {
      readonly at: "part";
      readonly turn: number;
      readonly step: number;
      readonly part: string;
      readonly frames?: FrameRange;
    }
  /** `frame` counts as `FrameRange` does. */
  | { readonly at: "frame"; readonly turn: number; readonly step: number; readonly frame: number }
  /** `path` is a JSON pointer into the arguments of the call. */
  | {
      readonly at: "argument";
      readonly turn: number;
      readonly step: number;
      readonly part: string;
      readonly path: string;
      readonly frames?: FrameRange;
    };

export type Verdict =
  | { readonly verdict: "pass"; readonly notes: readonly string[] }
  | {
      readonly verdict: "fail";
      readonly fault: FaultClass;
      readonly blame: Blame;
      /** What was expected and what was seen, in one or two sentences. */
      readonly why: string;
      readonly evidence: readonly Evidence[];
    }
  | { readonly verdict: "not-measured"; readonly reason: NotMeasured; readonly why: string }
  | { readonly verdict: "skipped"; readonly why: string };

/** "not-exercised": the feature was never reached. "refused-here": our own limits. */
export type NotMeasured =
  | "not-exercised"
  | "cap"
  | "context"
  | "rate-limit"
  | "outage"
  | "refused-here"
  | "changed-server"
  | "stopped";

/** How the note of a passed trial begins whose server refused what was asked, as it may. */
export const REFUSED_CHOICE = "The server refuses this choice";
export const REFUSED_EFFORT = "The server refuses the effort";

/** Which trial: a cell of the matrix is all repetitions of one lane, case, mode and effort. */
export type TrialKey = {
  /** Index of the lane in the run. */
  readonly lane: number;
  readonly caseId: string;
  readonly mode: AnswerMode;
  /** null = the lane's own. */
  readonly effort: string | null;
  /** From 0. */
  readonly repetition: number;
};

/** What a trial took; null = the server did not report it. ms are measured here. */
export type TrialFigures = {
  readonly totalMs: number;
  readonly firstCallMs: number | null;
  readonly promptTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly costUsd: number | null;
  readonly steps: number;
  readonly calls: number;
  /** Requests that were sent again after a failure. */
  readonly retries: number;
  /** Requests beside the trial that asked what the model wrote; their tokens and times are in no other figure. */
  readonly confirmations: number;
};

export type Trial = {
  readonly key: TrialKey;
  /** epoch ms */
  readonly startedAt: number;
  readonly verdict: Verdict;
  readonly figures: TrialFigures;
  /** Where the verdict depends on other trials: what it is given again from. */
  readonly later?: LaterVerdict;
};

/** All of a trial that a verdict needs once more trials are there, so that a run that was cut ends as one that was not. */
export type LaterVerdict = {
  /** The verdict where all that is said of several trials holds. */
  readonly ifHeld: Verdict;
  /** The first fault of the trial itself where that does not hold; null = none. */
  readonly beside: Failure | null;
  /** null = no answer came that could be compared. */
  readonly shape: AnswerShape | null;
  /** Whether the prompts at all levels of effort are rendered the same; null = fewer than two were rendered. */
  readonly isSamePrompt: boolean | null;
};

export type Failure = Extract<Verdict, { readonly verdict: "fail" }>;

/** The structure of a first answer, for parity. */
export type AnswerShape = {
  /** Its calls with the names of their arguments, sorted. */
  readonly calls: string;
  /** Its kinds of parts, sorted. */
  readonly kinds: string;
  /** Whether any answer of the trial made a call. */
  readonly isCalling: boolean;
  /** What the model wrote, before the server read it; null = not known. */
  readonly written: string | null;
  readonly seen: SeenWriting;
};

/** What can be seen of an answer, to be found in what a model wrote. */
export type SeenWriting = {
  /** Output tokens; null = not reported. */
  readonly tokens: number | null;
  /** Its texts and thoughts, without white space around them, and the names of its calls. */
  readonly texts: readonly string[];
};

/** "S1 stream low #2": how a trial is named in lists and files. */
export function trialName({ caseId, mode, effort, repetition }: TrialKey): string {
  return [caseId, mode, ...(effort === null ? [] : [effort]), `#${repetition + 1}`].join(" ");
}
