import type { JsonObject } from "@/lib/stream/turn/json";
import type { Turn } from "@/lib/stream/turn/turn";
import type { DialectReader } from "@/lib/stream/wire/wire-body";
import type { ToolBinding, ToolChoice, ToolDefinition } from "@/lib/tools/tool";

/**
 * The contract between Vitrine and an upstream. A provider is one file of mostly data in
 * `presets/` and one line in `registry.ts`; a dialect is one folder in `dialects/`. Both run in the browser and in Node,
 * are pure, and hold only the *name* of a key.
 */
import type { DialectId } from "./dialect-id";

export type Provider = {
  /** Stable id: used in links (`?lane=id/model`), saved sessions and the API. Lower case, no slash. */
  readonly id: string;
  readonly label: string;
  /** The dialects it speaks, each with its own quirks. The first is used unless a lane chooses another. */
  readonly speaks: readonly [Speech, ...Speech[]];
  /** Where the API lives, with its version path and no trailing slash. */
  readonly baseUrl: string;
  /** Called only at addresses that people add: it has none of its own, and `baseUrl` lends those its path. */
  readonly addedOnly?: true;
  /** Environment variable that overrides `baseUrl`; "" where there is no address to override. */
  readonly baseUrlEnv: string;
  /** Environment variable that holds the key; null when the provider never takes one. */
  readonly keyEnv: string | null;
  /** Header that carries the key. */
  readonly auth: { readonly kind: "bearer" } | { readonly kind: "header"; readonly name: string };
  /** Headers that every request carries, such as a version of the API. Never a key. */
  readonly headers?: { readonly [name: string]: string };
  readonly location: ProviderLocation;
  /** Where to get a key or how to start the server, one line for a person. */
  readonly hint: string;
  /** Known and not usable yet: said before any request. */
  readonly unsupported?: string;
  /** The message shown in place of models for a provider that cannot list them. */
  readonly noModelList?: string;
  /** The server's own control API, which reports its model and templates and steers a running answer. */
  readonly controls?: "llama-server";
  /** Dialects in which it counts the tokens of a request without running it, at an address of its own. */
  readonly counts?: readonly DialectId[];
  /** How an unknown server is recognized as this one: how its list of models names their owner. */
  readonly identify?: { readonly ownedBy: string };
  /** Effort values that differ here from those of the model's family; the first match counts. */
  readonly effortRules?: readonly EffortRule[];
  /** The effort values here of a model whose family is not known. */
  readonly anyEffort?: Pick<EffortRule, "values" | "note">;
  /** Efforts become token budgets here as they do at a model's maker, though the dialect is another. */
  readonly sendsBudgets?: true;
  /** Fields that some models here refuse. */
  readonly rejectRules?: readonly RejectRule[];
};

/** The effort values of some models. */
export type EffortRule = {
  /** Tested against `modelName(id)`. */
  readonly matches: RegExp;
  /** What may be sent; empty when the models take no effort. "on" means thinking without a level. */
  readonly values: readonly string[];
  /** Why there is nothing to choose, or how the provider reads the values; null when they speak for themselves. */
  readonly note: string | null;
  /** Other efforts are read as one of `values`, not refused. */
  readonly readsOthers?: true;
};

/** Fields that a model refuses where `when` holds. */
export type RejectRule = {
  /** `name`: the model's, as `modelName` gives it. */
  readonly when: (lane: { readonly name: string; readonly setup: LaneSetup }) => boolean;
  readonly fields: readonly string[];
  /** Completes "… is not sent: ". */
  readonly why: (model: string) => string;
};

/** How the servers of each dialect differ. A dialect that is not named here does not compile. */
export type QuirksOf = {
  readonly "chat-completions": ChatQuirks;
  readonly responses: ResponsesQuirks;
  readonly anthropic: AnthropicQuirks;
  readonly gemini: GeminiQuirks;
};

/** A dialect as one provider speaks it. */
export type Speech<D extends DialectId = DialectId> = {
  readonly [Id in D]: { readonly dialect: Id; readonly quirks: QuirksOf[Id] };
}[D];

export type ProviderLocation =
  /** Runs on the person's machine; probed at these base URLs in order. */
  { readonly kind: "local"; readonly probes: readonly string[] } | { readonly kind: "hosted" };

/** How one server differs from the others of its dialect. Data, so that each dialect has one reader and one writer. */
export type Quirks = {
  /** How reasoning effort is asked for; "native" = in the dialect's own field. See `effort.ts` for the values of a model's family. */
  readonly effortShape: EffortShape | "native";
  readonly parallelToolCalls: boolean;
  /** Body fields this server answers with an error: never sent. */
  readonly rejects: readonly string[];
  /** Which shape of server timings to look for. */
  readonly timings: "llama-cpp" | "groq" | "azure" | "time-info" | null;
  /** Where a thinking token limit goes; absent = this server has no field for it. */
  readonly thinkingLimitShape?: ThinkingLimitShape | "native";
  /** Which `tool_choice` values the server obeys; absent = all. "none-ignored": neither a named tool nor "none". */
  readonly toolChoice?: "auto-only" | "auto-while-thinking" | "named-ignored" | "none-ignored";
  /** The server can be asked to search the web by itself; absent = it cannot. */
  readonly webSearch?: true;
  /** A thought can be ended while it streams (llama.cpp's `/control`); absent = it cannot. */
  readonly endsThinking?: true;
};

/** Body fields of some servers that every request to them carries and OpenAI's API does not have. */
export type ExtraFields = {
  /** llama.cpp, with the two below: tools/server/README.md of its repository, "/v1/chat/completions". */
  readonly timings_per_token?: true;
  readonly return_progress?: true;
  /** llama.cpp: lets a thought be ended while it streams. */
  readonly reasoning_control?: true;
  /** MiniMax: https://platform.minimax.io/docs/api-reference/text-openai-api */
  readonly reasoning_split?: true;
  /** Z.ai: https://docs.z.ai/guides/tools/stream-tool */
  readonly tool_stream?: true;
  /** OpenRouter: https://openrouter.ai/docs/use-cases/usage-accounting */
  readonly usage?: { readonly include: true };
};

export type ChatQuirks = Quirks & {
  /** Always sent. */
  readonly extra: ExtraFields;
  readonly effortShape: EffortShape;
  readonly thinkingLimitShape?: ThinkingLimitShape;
  /** The body field that caps output tokens. */
  readonly limitField: "max_tokens" | "max_completion_tokens";
  /** Whether `stream_options.include_usage` may be sent. */
  readonly includeUsage: boolean;
  /** The message field in which past reasoning goes back; null = never sent back. */
  readonly reasoningEcho: "reasoning_content" | "reasoning" | "reasoning_details" | null;
  /** Form of tool call ids the server accepts; absent = any text. */
  readonly callIds?: "nine-alphanumeric";
  /** Send the echo field as "" on calls whose step had no readable reasoning. */
  readonly echoEmptyReasoning?: boolean;
  /** A user message right after a tool message is refused: an answer must stand between them. */
  readonly answersTools?: boolean;
};

export type ResponsesQuirks = Quirks & {
  /** Always sent. */
  readonly extra: ExtraFields;
  readonly effortShape: "native" | "none";
  /**
   * How past reasoning goes back: OpenAI keeps nothing of ours (`store: false`) and wants its encrypted items,
   * llama.cpp reads `reasoning_text`; null = never sent back.
   */
  readonly reasoningEcho: "encrypted" | "text" | null;
  /** Ask for a summary of the reasoning, which the provider otherwise hides. */
  readonly summary: boolean;
};

export type AnthropicQuirks = Quirks & {
  /** Extra body fields, always sent. */
  readonly extra: JsonObject;
  /** "effort-and-template": llama.cpp, whose template reads the effort and whose server ignores `output_config`. */
  readonly effortShape: "native" | "effort-and-template" | "none";
  readonly thinkingLimitShape?: "native";
  /** Where the model and the API's version go: "native" in the body and a header, "vertex" in the URL and the body. */
  readonly requestShape: "native" | "vertex";
  /** Whether thinking must come back with the provider's own signature (an unsigned one is refused). */
  readonly signedThinking: boolean;
  /** Sent as `max_tokens` where a person sets none, beside the thinking's own limit; null = the server needs none. */
  readonly defaultMaxTokens: number | null;
  /** `is_error` of a result never reaches the model, so its text must say it. */
  readonly ignoresErrorFlag?: true;
};

export type GeminiQuirks = Quirks & {
  /** Extra body fields, always sent. */
  readonly extra: JsonObject;
  readonly effortShape: "native" | "none";
  readonly thinkingLimitShape?: "native";
  /** Whether calls and their results carry ids (Gemini 3 at AI Studio); Vertex refuses them. */
  readonly callIds: boolean;
  /** From Gemini 3 on the provider's own search may be asked for beside tools of a person's; absent = never. */
  readonly searchBesideTools?: true;
};

export type ThinkingLimitShape =
  /** llama.cpp: `reasoning_budget_tokens: n` */
  | "reasoning-budget"
  /** OpenRouter, Vercel: `reasoning: {max_tokens: n}`, instead of an effort. */
  | "reasoning-object"
  /** Fireworks: `thinking: {type: "enabled", budget_tokens: n}`, instead of an effort. */
  | "thinking-object"
  /** Alibaba: `thinking_budget: n` */
  | "thinking-budget";

export type EffortShape =
  | "none"
  /** `reasoning_effort: "low"` */
  | "reasoning_effort"
  /** llama.cpp and kin: `reasoning_effort` and `chat_template_kwargs.reasoning_effort`; "none" also sends `enable_thinking: false`. */
  | "effort-and-template"
  /** OpenRouter: `reasoning: {effort}` */
  | "reasoning-object"
  /** Vercel: `reasoning: {enabled, effort}` */
  | "reasoning-enabled"
  /** Z.ai, Moonshot, DeepSeek: `thinking: {type}` and `reasoning_effort` */
  | "thinking-type"
  /** MiniMax: `thinking: {type: "adaptive" | "disabled"}` */
  | "thinking-adaptive"
  /** Alibaba: `enable_thinking` */
  | "enable-thinking";

/** One wire format: how to read an answer and how to write a request. */
export type Dialect<Q extends Quirks> = {
  readonly id: DialectId;
  /** Opens a reader for one step. Readers hold state; one per request. */
  readonly open: (options: ReaderOptions<Q>) => DialectReader;
  /** The request body for the next step. Pure. `notes` says what was changed or left out, in a person's words. */
  readonly write: (input: RequestInput<Q>) => WrittenRequest;
  /** How its servers cut their lists of models into pages. */
  readonly modelPages: ModelPages;
  /** Path below `baseUrl`, such as `/chat/completions`. */
  readonly path: (call: CallShape, quirks: Q) => string;
};

export type ModelPages = {
  /** Path and query of the first page, below the base URL. */
  readonly first: string;
  /** Path and query of the page after this answer; null after the last. */
  readonly next: (page: unknown) => string | null;
};

/** What the address of a call depends on in dialects that put it there. */
export type CallShape = { readonly model: string; readonly stream: boolean };

export type ReaderOptions<Q extends Quirks = Quirks> = {
  readonly quirks: Q;
};

/**
 * Thoughts that a server left in the text, between tags. "auto": only what an answer begins with, and only where
 * the server sent no thought itself; "on": wherever a line begins with a tag.
 */
export type ThinkTagMode = "auto" | "on" | "off";

/** `body` is exactly what the upstream gets. */
export type WrittenRequest = { readonly body: JsonObject; readonly notes: readonly string[] };

/** All that the next request depends on. */
export type RequestInput<Q extends Quirks = Quirks> = {
  readonly provider: Provider;
  readonly dialect: DialectId;
  /** The provider's, for this dialect. */
  readonly quirks: Q;
  readonly setup: LaneSetup;
  readonly tools: readonly ToolDefinition[];
  /** Earlier turns of the lane's branch, oldest first, then the turn that now continues (its steps may be empty). */
  readonly history: readonly PastTurn[];
  /** Ask for a stream, or for the whole answer at once; a stream unless it says false. */
  readonly stream?: boolean;
};

/** A prompt, the images that were sent with it, and its answer so far. */
export type PastTurn = {
  readonly prompt: string;
  readonly images?: readonly PromptImage[];
  readonly turn: Turn;
};

/** An image as it goes out: `base64` without a `data:` head. */
export type PromptImage = { readonly mediaType: string; readonly base64: string };

/** What a person sets for a lane. Each field can be linked across lanes or a lane's own. */
export type LaneSetup = {
  readonly provider: string;
  /** Base URL of a person's own endpoint, with the provider's quirks; null = the preset's address. */
  readonly endpoint: string | null;
  /** The wire format to use, of those the provider speaks; null = its first. */
  readonly dialect: DialectId | null;
  readonly model: string;
  readonly system: string;
  /** null = not sent: the model's own default. */
  readonly effort: string | null;
  /** Thinking token limit (llama.cpp `reasoning_budget_tokens` and kin); null = not sent. */
  readonly thinkingTokens: number | null;
  readonly maxTokens: number | null;
  /** Sampler fields as they go into the body: temperature, top_p, top_k, min_p, seed, … Unknown keys survive. */
  readonly samplers: JsonObject;
  /** Ids of the enabled tools. */
  readonly tools: readonly string[];
  readonly toolChoice: ToolChoice;
  /** null = not sent. */
  readonly parallelToolCalls: boolean | null;
  /** Read think tags in the text as thoughts, everywhere (true) or nowhere (false); null = where an answer begins with one. */
  readonly thinkTags: boolean | null;
  /** Let the provider search the web by itself, where it can. */
  readonly webSearch: boolean;
  /** A JSON Schema that the answer must fit; null = not sent. */
  readonly responseSchema: JsonObject | null;
  /** How far a turn goes by itself. Never sent. */
  readonly limits: RunLimits;
  /** What answers the calls of a tool in this lane instead of its own binding, by the tool's id. */
  readonly bindings: Readonly<Record<string, ToolBinding>>;
  /** "person": every call of the lane waits for a person, whatever its tool could do by itself. */
  readonly answeredBy: "tools" | "person";
};

/** How far a turn goes by itself: what ends a model that calls the same tool forever. */
export type RunLimits = {
  /** Requests in one turn that follow on from results nobody typed. */
  readonly steps: number;
  /** Calls that are answered without a person in one turn. */
  readonly calls: number;
};

/** Enough for a long chain of tools. */
export const DEFAULT_LIMITS: RunLimits = { steps: 10, calls: 50 };
