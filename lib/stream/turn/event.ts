/**
 * The closed set of things that can happen to a turn. Everything a person sees is folded from these
 * events and nothing else: a live run, a replayed recording and a test fixture are the same list.
 *
 * Order within a step: `step-start`, then waiting and transport events, then parts (each `*-start`,
 * any number of `*-delta`, one `*-end`), with `usage`, `cost`, `timings`, `finish` and `warning`
 * anywhere, then exactly one of `step-end`, `step-stop`, `step-fail`. `tool-run-*`, `tool-result`, `read-thought` follow.
 * Parts may interleave: every part event names its part by `id`, unique within the step. A delta after
 * its part's end opens the part again (some servers interleave the arguments of calls).
 */
import type { Json, JsonObject } from "./json";

export type StreamEvent =
  | { readonly type: "step-start"; readonly stepId: string; readonly request: StepRequest }
  /** The step waits for its turn on the server, or for one of the browser's streams, which are all taken. */
  | { readonly type: "step-queue"; readonly behind: QueuedBehind }
  /** The request left the page. */
  | { readonly type: "step-send" }
  /** The request failed before any byte and will be sent again after `delayMs`. */
  | {
      readonly type: "retry";
      readonly attempt: number;
      readonly of: number;
      readonly delayMs: number;
      readonly error: RunError;
    }
  /** The upstream's response head, reported by the relay. Times are the relay's own, in ms since it dialed. */
  | { readonly type: "response-head"; readonly head: ResponseHead }
  /** The upstream's own id and model name; the first non-empty value of each is kept. */
  | { readonly type: "response-start"; readonly id: string | null; readonly model: string | null }
  /** llama.cpp's `prompt_progress`: tokens read so far; `elapsedMs` is the server's clock. */
  | {
      readonly type: "prompt-progress";
      readonly total: number;
      readonly cached: number;
      readonly processed: number;
      readonly elapsedMs: number;
    }
  /** `tags`: the text came between these tags of a server that does not take thoughts out of its text. */
  | { readonly type: "reasoning-start"; readonly id: string; readonly tags?: ThoughtTags }
  | { readonly type: "reasoning-delta"; readonly id: string; readonly text: string }
  /** `close`: the literal tag that ended a thought read from tags. */
  | { readonly type: "reasoning-end"; readonly id: string; readonly close?: string }
  | { readonly type: "text-start"; readonly id: string; readonly phase?: TextPhase }
  | { readonly type: "text-delta"; readonly id: string; readonly text: string }
  | { readonly type: "text-end"; readonly id: string }
  /** Only this closing think tag came: all of this text part was reasoning. It keeps its id and its times. */
  | { readonly type: "text-to-reasoning"; readonly id: string; readonly close?: string }
  /** Opens a call. `callId` is the provider's id, null where it sends none; `form` is "json" where it is absent. */
  | {
      readonly type: "tool-input-start";
      readonly id: string;
      readonly callId: string | null;
      readonly name: string;
      readonly form?: CallForm;
    }
  | { readonly type: "tool-input-delta"; readonly id: string; readonly text: string }
  | { readonly type: "tool-input-end"; readonly id: string }
  /**
   * A call that the provider runs itself, such as a web search: it needs no result from here. Deltas carry
   * what it was asked, as JSON text; the end has its outcome.
   */
  | {
      readonly type: "provider-call-start";
      readonly id: string;
      readonly callId: string | null;
      readonly name: string;
    }
  | { readonly type: "provider-call-delta"; readonly id: string; readonly text: string }
  | { readonly type: "provider-call-end"; readonly id: string; readonly outcome: ProviderOutcome }
  /**
   * An output item, block or content that Vitrine does not know, as received. `name` is its type on the wire.
   * A later event with the same id replaces `json`.
   */
  | { readonly type: "unknown-part"; readonly id: string; readonly name: string; readonly json: Json }
  /** A picture in the answer. A later event with the same id replaces it. */
  | { readonly type: "image"; readonly id: string; readonly image: AnswerImage }
  /** A source for what the text part says. */
  | { readonly type: "citation"; readonly id: string; readonly citation: Citation }
  /**
   * Opaque data the provider wants back with this part on the next step: a signature, encrypted
   * reasoning, one item of `reasoning_details`. Shown to nobody, sent back as received.
   * A part that has only replay data (hidden reasoning) is opened by `reasoning-start` as any other.
   */
  | { readonly type: "replay"; readonly id: string; readonly item: Json }
  /** The provider's latest count; a later report replaces an earlier one, field by field where it is not null. */
  | { readonly type: "usage"; readonly usage: Usage }
  /** What the provider charged for the step so far, in US dollars, finite and ≥ 0; a later report replaces an earlier one. */
  | { readonly type: "cost"; readonly usd: number }
  | { readonly type: "timings"; readonly timings: ServerTimings }
  /** The provider's finish reason. The first raw value is kept. */
  | { readonly type: "finish"; readonly finish: Finish }
  | { readonly type: "warning"; readonly warning: Warning }
  /** The upstream's bytes ended on their own. Without a `finish` the step is truncated; `error` says why, if known. */
  | { readonly type: "step-end"; readonly error?: RunError }
  /** The person pressed Stop (or closed the lane). Not an error. */
  | { readonly type: "step-stop" }
  | { readonly type: "step-fail"; readonly error: RunError }
  /** A person says that the text before a lone closing think tag, in this part of an ended step, was a thought. */
  | { readonly type: "read-thought"; readonly stepId: string; readonly id: string }
  /** A tool runs for a call of an ended step. `tool-result` or `tool-run-fail` ends the run. `id` is the part's. */
  | { readonly type: "tool-run-start"; readonly stepId: string; readonly id: string }
  /** A running tool asks a person; null = the question was answered or taken back. */
  | {
      readonly type: "tool-run-ask";
      readonly stepId: string;
      readonly id: string;
      readonly question: ToolQuestion | null;
    }
  /** The result is so long that a person decides what the model gets of it. Ends the run. */
  | {
      readonly type: "tool-run-hold";
      readonly stepId: string;
      readonly id: string;
      readonly result: ToolResult;
    }
  /** A person changed the arguments of a call before it ran; null = back to the model's own. `text` is JSON. */
  | {
      readonly type: "call-edit";
      readonly stepId: string;
      readonly id: string;
      readonly edit: CallEdit | null;
    }
  /** Why the tools of a step wait for a person, although they answer by themselves. */
  | { readonly type: "loop-pause"; readonly stepId: string; readonly pause: LoopPause }
  /** What a running tool writes while it runs. */
  | {
      readonly type: "tool-run-progress";
      readonly stepId: string;
      readonly id: string;
      readonly text: string;
    }
  /** The tool gave no result: the call waits for a person, who reads why. */
  | {
      readonly type: "tool-run-fail";
      readonly stepId: string;
      readonly id: string;
      readonly message: string;
      readonly reason?: ToolFailReason;
    }
  /** The result of a call of an ended step, typed, filled in or run; replaces an earlier one. `id` is the part's. */
  | {
      readonly type: "tool-result";
      readonly stepId: string;
      readonly id: string;
      readonly result: ToolResult;
    };

export type QueuedBehind = "server" | "stream";

/** An event and when it happened, in ms since the turn began. Time is data: the fold has no clock. */
export type TimedEvent = { readonly at: number; readonly event: StreamEvent };

/** Where a step was sent. The exact body is kept beside the wire, not here. */
export type StepRequest = {
  readonly provider: string;
  /** The wire format it was written in, by its id. */
  readonly dialect: string;
  readonly model: string;
  /** Base URL of a person's own endpoint; null for a preset at its own address. */
  readonly endpoint: string | null;
  /** Absent where the step was saved before it was kept. */
  readonly setup?: StepSetup;
  /** Which step it is since a person last acted, and how many there may be; absent in the first. */
  readonly loop?: { readonly step: number; readonly of: number };
  /** What was changed in or left out of this request for its provider, as text for a person; absent where nothing was. */
  readonly notes?: readonly string[];
  /** The times of its answer were made up, because the recording that it comes from has none; absent = they are true. */
  readonly hasMadeTimes?: true;
};

/** How the lane was set when a step was sent, with the names of that time: what made an answer never changes. */
export type StepSetup = {
  /** The name that a person had given the endpoint. */
  readonly endpointName: string | null;
  readonly effort: string | null;
  readonly thinkingTokens: number | null;
  readonly maxTokens: number | null;
  readonly samplers: JsonObject;
  /** Names of the tools that were on, in their order. */
  readonly tools: readonly string[];
};

export type ResponseHead = {
  readonly status: number;
  readonly contentType: string;
  readonly requestId: string | null;
  /** ms to a connected socket; null when a kept-alive socket was used or the relay does not know. */
  readonly connectMs: number | null;
  /** ms from dialing to the upstream's response head. */
  readonly headersMs: number;
};

export type FinishKind =
  | "stop"
  | "tool-calls"
  | "length"
  | "content-filter"
  | "error"
  | "truncated"
  | "unknown";

/** `raw` is the provider's own word; null when the stream ended without one. */
export type Finish = { readonly unified: FinishKind; readonly raw: string | null };

/** Token counts as the provider reported them. null = not reported, which is never 0. `reasoning` may or may not be part of `output`. */
export type Usage = {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly reasoning: number | null;
  readonly cached: number | null;
};

/** What the server measured itself. Each known field is finite and ≥ 0, or null. `reported` is the object as received. */
export type ServerTimings = {
  readonly reported: { readonly [key: string]: number };
  readonly promptTokens: number | null;
  readonly promptMs: number | null;
  /** tokens per second */
  readonly promptPerSecond: number | null;
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
  readonly outputMs: number | null;
  /** tokens per second */
  readonly outputPerSecond: number | null;
  readonly queueMs: number | null;
  readonly firstTokenMs: number | null;
};

/** The literal tags around a thought, as received; "" for one that did not come. The text as received is open + text + close. */
export type ThoughtTags = { readonly open: string; readonly close: string };

/** What a text is for: said along the way, or the answer itself (the Responses API's `phase`). */
export type TextPhase = "commentary" | "final";

/** How a call's input is read: as a JSON object, or as free text (a custom tool's), which is never parsed. */
export type CallForm = "json" | "text";

/** A picture of an answer: its bytes, or why it is not shown. `url` is only ever shown as text, never loaded. */
export type AnswerImage =
  | { readonly kind: "data"; readonly mediaType: ImageType; readonly base64: string }
  | { readonly kind: "left-out"; readonly reason: string; readonly url: string | null };

/** The picture formats that a page may draw without running anything in them. */
export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

/** The outcome of a call that the provider ran. `output` is text to show, where it gave any; `error` its own words. */
export type ProviderOutcome = {
  readonly output: string | null;
  readonly sources: readonly Source[];
  readonly error: string | null;
};

/** A page that the provider looked at. The URL is as received: it becomes a link only if it is safe. */
export type Source = { readonly url: string; readonly title: string | null };

/**
 * A source of a statement. `start` and `end` are UTF-16 offsets in the text of its part; null = the whole part. `url`
 * is null for a source that is no page (an attached document).
 */
export type Citation = {
  readonly url: string | null;
  readonly title: string | null;
  readonly quote: string | null;
  readonly start: number | null;
  readonly end: number | null;
};

/** Something odd that harmed nothing: shown in the inspector and as a count on the answer. */
export type Warning = { readonly code: string; readonly message: string };

/** A failed step as a person must see it: what happened, where, what next. Never holds a key. */
export type RunError = {
  /** app = Vitrine itself, network = between Vitrine and the provider, provider = the provider's own answer. */
  readonly source: "app" | "network" | "provider";
  /** Stable word for tests and hints, such as ECONNREFUSED, HTTP_429, exceed_context_size_error. */
  readonly code: string;
  /** The provider's own words where it gave any. */
  readonly message: string;
  readonly retryable: boolean;
  readonly status?: number;
  /** The HTTP status of the reply that carried this error, where `status` is another: an error 500 inside a 200. */
  readonly inStatus?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** Raw detail (body text, cause) for behind a click. */
  readonly detail?: string;
};

/** What goes back to the model for one call. Falsy values are results: "", 0, false. `output` is the exact text sent. */
export type ToolResult = {
  /** Exactly what the model gets. */
  readonly output: string;
  readonly isError: boolean;
  readonly origin: ResultOrigin;
  /** Characters of the whole result, where the model got only its beginning. */
  readonly cutFrom?: number;
  /** What the tool gave beside the text, as its protocol writes it. Shown, and sent to nobody. */
  readonly received?: Json;
};

/** Where a result came from. `isReused`: another lane made the same call, and its result was taken. */
export type ResultOrigin =
  /** "recorded": the next request of an imported recording holds it; who gave it is not known. */
  | { readonly by: "typed" | "example" | "recorded" }
  /** The tool failed, and a person sent its message as it was; or a person did not let the call run. */
  | { readonly by: "failure" | "skipped" | "denied" }
  /** `rule` counts from 1; null where the mock has one result for all calls. */
  | { readonly by: "mock"; readonly rule: number | null; readonly isReused?: true }
  /** A built-in or a person's JavaScript. */
  | { readonly by: "page" | "javascript"; readonly isReused?: true }
  | { readonly by: "http"; readonly status: number; readonly isReused?: true }
  | { readonly by: "mcp"; readonly server: string; readonly tool: string; readonly isReused?: true };

/** Arguments as a person changed them. */
export type CallEdit = {
  /** A JSON object, as text. */
  readonly text: string;
  /** Whether the model reads its call back with these arguments, or with its own. */
  readonly isSentBack: boolean;
};

/** Why a tool did not run, where a person can do more about it than run it again. "tool-changed": its server defines it otherwise now. */
export type ToolFailReason = "tool-changed";

/** What a running tool wants to know from a person. */
export type ToolQuestion = {
  /** Unique within the run of the tool. */
  readonly id: string;
  /** Who asks, as a person knows it. */
  readonly from: string;
  readonly message: string;
  readonly form:
    /** A flat JSON Schema of the answer. */
    | { readonly kind: "fields"; readonly schema: JsonObject }
    /** A page to visit; nothing is opened by itself. */
    | { readonly kind: "url"; readonly url: string };
};

/** Why a lane that could go on by itself waits. */
export type LoopPause =
  | { readonly why: "steps" | "calls"; readonly limit: number }
  /** The same tool with the same arguments. */
  | { readonly why: "repeat"; readonly tool: string; readonly times: number }
  /** Many calls, few of them different. */
  | { readonly why: "flood"; readonly calls: number; readonly different: number }
  /** The page was closed or reloaded while tools ran. */
  | { readonly why: "interrupted" };
