/** What a turn is once events are folded into it. Everything is readonly: `fold` makes a new one. */
import type {
  CallEdit,
  AnswerImage,
  CallForm,
  Citation,
  Finish,
  ProviderOutcome,
  QueuedBehind,
  ResponseHead,
  RunError,
  ServerTimings,
  StepRequest,
  TextPhase,
  ThoughtTags,
  LoopPause,
  ToolFailReason,
  ToolQuestion,
  ToolResult,
  Usage,
  Warning,
} from "./event";
import type { Json } from "./json";

/** A prompt's answer: one step per request. Times everywhere are ms since the turn began. */
export type Turn = { readonly steps: readonly Step[] };

export type Step = {
  readonly id: string;
  readonly request: StepRequest;
  readonly status: StepStatus;
  readonly startedAt: number;
  /** When the request left the page (the last try); null while queued. */
  readonly sentAt: number | null;
  /** When the upstream's head reached the page. */
  readonly headAt: number | null;
  /** When the first token of any part reached the page; null before. */
  readonly firstTokenAt: number | null;
  /** When the last token reached the page; null before the first. */
  readonly lastTokenAt: number | null;
  readonly endedAt: number | null;
  readonly head: ResponseHead | null;
  readonly responseId: string | null;
  /** The model name the provider answered with, which may differ from the one asked for. */
  readonly responseModel: string | null;
  readonly promptProgress: PromptProgress | null;
  readonly parts: readonly Part[];
  readonly finish: Finish | null;
  readonly usage: Usage | null;
  /** US dollars that the provider charged; null where it does not say, which is never 0. */
  readonly costUsd: number | null;
  readonly timings: ServerTimings | null;
  readonly warnings: readonly Warning[];
  readonly retries: readonly Retry[];
  /** Why its tools wait for a person, although they answer by themselves. */
  readonly pause?: LoopPause;
};

export type StepStatus =
  /** `behind`: what it waits for; null = nothing that is known yet. */
  | { readonly state: "queued"; readonly behind: QueuedBehind | null }
  | { readonly state: "connecting" }
  | { readonly state: "retrying"; readonly retry: Retry }
  | { readonly state: "reading-prompt" }
  | { readonly state: "thinking" }
  | { readonly state: "answering" }
  | { readonly state: "calling" }
  | { readonly state: "done" }
  /** The bytes ended without a finish reason; the text that came is kept. */
  | { readonly state: "truncated"; readonly error: RunError | null }
  | { readonly state: "stopped" }
  | { readonly state: "failed"; readonly error: RunError };

export type PromptProgress = {
  readonly total: number;
  readonly cached: number;
  readonly processed: number;
  readonly elapsedMs: number;
  readonly at: number;
};

export type Retry = {
  readonly attempt: number;
  readonly of: number;
  readonly delayMs: number;
  readonly error: RunError;
  readonly at: number;
};

export type Part = ReasoningPart | TextPart | ToolCallPart | ProviderCallPart | ImagePart | UnknownPart;

type PartTimes = {
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Deltas that carried text: one delta means buffered delivery, so no rate is known. */
  readonly deltas: number;
};

export type ReasoningPart = PartTimes & {
  readonly type: "reasoning";
  readonly id: string;
  /** "" for hidden or encrypted reasoning. */
  readonly text: string;
  /** Where it was read from tags in the text; null where the server sent it as a thought. */
  readonly tags: ThoughtTags | null;
  readonly replay: readonly Json[];
};

export type TextPart = PartTimes & {
  readonly type: "text";
  readonly id: string;
  readonly text: string;
  /** null where the server makes no difference between texts. */
  readonly phase: TextPhase | null;
  readonly citations: readonly Citation[];
  readonly replay: readonly Json[];
};

export type ToolCallPart = PartTimes & {
  readonly type: "tool-call";
  readonly id: string;
  readonly callId: string | null;
  readonly name: string;
  /** The arguments exactly as streamed, complete or not. */
  readonly input: string;
  /** The arguments that it runs with, where a person changed them; `args` of its status are these. */
  readonly edit?: CallEdit;
  readonly form: CallForm;
  readonly status: ToolCallStatus;
  readonly replay: readonly Json[];
};

/** A call that the provider ran itself: it is shown, and nobody answers it. */
export type ProviderCallPart = PartTimes & {
  readonly type: "provider-call";
  readonly id: string;
  readonly callId: string | null;
  readonly name: string;
  /** What was asked, as JSON text. */
  readonly input: string;
  readonly status: ProviderCallStatus;
  readonly replay: readonly Json[];
};

export type ImagePart = PartTimes & {
  readonly type: "image";
  readonly id: string;
  readonly image: AnswerImage;
  readonly replay: readonly Json[];
};

/** Something that Vitrine does not know: shown as received. */
export type UnknownPart = PartTimes & {
  readonly type: "unknown";
  readonly id: string;
  /** Its type on the wire. */
  readonly name: string;
  readonly json: Json;
  readonly replay: readonly Json[];
};

export type ProviderCallStatus =
  | { readonly state: "running" }
  | { readonly state: "done"; readonly outcome: ProviderOutcome }
  /** The step ended before the provider reported the outcome. */
  | { readonly state: "unfinished" };

export type ToolCallStatus =
  | { readonly state: "input-streaming" }
  /** The arguments are complete and a result is waited for. `args` says whether they parse as a JSON object; of form "text" it is the text. */
  | {
      readonly state: "awaiting-result";
      readonly args: ParsedArguments;
      /** Why the tool that ran for it gave no result. */
      readonly failure?: string;
      readonly reason?: ToolFailReason;
      /** What the tool gave: so long that a person decides how much of it the model gets. */
      readonly held?: ToolResult;
    }
  /** A tool runs for it. `log` is what the tool wrote so far. */
  | {
      readonly state: "running";
      readonly args: ParsedArguments;
      readonly startedAt: number;
      readonly log: string;
      /** What the tool wants to know from a person before it goes on. */
      readonly question?: ToolQuestion;
    }
  | {
      readonly state: "answered";
      readonly args: ParsedArguments;
      readonly result: ToolResult;
      readonly at: number;
      /** When the tool that gave the result began; absent where a person gave it, and in turns saved before it was kept. */
      readonly ranFrom?: number;
    }
  /** The step was cut, stopped or failed before the arguments were complete: never run. */
  | { readonly state: "unfinished" };

/** Empty arguments parse as {}. Keys that could reach a prototype are refused. */
export type ParsedArguments =
  | { readonly valid: true; readonly value: Json }
  | { readonly valid: false; readonly message: string };
