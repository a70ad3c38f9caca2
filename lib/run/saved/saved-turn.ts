/** The saved shape of a turn. Always parse with it: the data comes from old pages, other tabs and imported files. */
import * as z from "zod/mini";

import { jsonObjectSchema, jsonSchema } from "@/lib/contract/json-schema";
import { MOST_PARTS, MOST_STEPS } from "@/lib/stream/turn/bounds";
import type {
  AnswerImage,
  CallEdit,
  Citation,
  LoopPause,
  ResultOrigin,
  StepRequest,
  StepSetup,
  ToolFailReason,
  ToolQuestion,
  ToolResult,
} from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
import { runErrorSchema } from "@/lib/stream/turn/run-error-schema";
import type {
  Part,
  ProviderCallStatus,
  Retry,
  Step,
  StepStatus,
  ToolCallStatus,
  Turn,
} from "@/lib/stream/turn/turn";

const text = z.string();
const flag = z.boolean();
const figure = z.number();
const figureOrNull = z.nullable(z.number());
const textOrNull = z.nullable(z.string());

const stepSetupSchema: z.ZodMiniType<StepSetup> = z.object({
  endpointName: textOrNull,
  effort: textOrNull,
  thinkingTokens: figureOrNull,
  maxTokens: figureOrNull,
  samplers: jsonObjectSchema,
  tools: z.array(text),
});

/** Where a step was sent, as it was saved. */
export const requestSchema: z.ZodMiniType<StepRequest> = z.object({
  provider: text,
  dialect: text,
  model: text,
  endpoint: textOrNull,
  setup: z.exactOptional(stepSetupSchema),
  loop: z.exactOptional(z.object({ step: figure, of: figure })),
  notes: z.exactOptional(z.array(text)),
  hasMadeTimes: z.exactOptional(z.literal(true)),
});

/** The head of a reply as it was saved. */
export const headSchema = z.object({
  status: figure,
  contentType: text,
  requestId: textOrNull,
  connectMs: figureOrNull,
  headersMs: figure,
});

const finishSchema = z.object({
  unified: z.enum(["stop", "tool-calls", "length", "content-filter", "error", "truncated", "unknown"]),
  raw: textOrNull,
});

const usageSchema = z.object({
  input: figureOrNull,
  output: figureOrNull,
  total: figureOrNull,
  reasoning: figureOrNull,
  cached: figureOrNull,
});

const timingsSchema = z.object({
  reported: z.record(text, figure),
  promptTokens: figureOrNull,
  promptMs: figureOrNull,
  promptPerSecond: figureOrNull,
  cachedTokens: figureOrNull,
  outputTokens: figureOrNull,
  outputMs: figureOrNull,
  outputPerSecond: figureOrNull,
  queueMs: figureOrNull,
  firstTokenMs: figureOrNull,
});

const progressSchema = z.object({
  total: figure,
  cached: figure,
  processed: figure,
  elapsedMs: figure,
  at: figure,
});

const retrySchema: z.ZodMiniType<Retry> = z.object({
  attempt: figure,
  of: figure,
  delayMs: figure,
  error: runErrorSchema,
  at: figure,
});

const statusSchema: z.ZodMiniType<StepStatus> = z.discriminatedUnion("state", [
  // Absent where it was saved before there were two things to wait for.
  z.object({
    state: z.literal("queued"),
    behind: z.prefault(z.nullable(z.enum(["server", "stream"])), null),
  }),
  z.object({ state: z.literal("connecting") }),
  z.object({ state: z.literal("retrying"), retry: retrySchema }),
  z.object({ state: z.literal("reading-prompt") }),
  z.object({ state: z.literal("thinking") }),
  z.object({ state: z.literal("answering") }),
  z.object({ state: z.literal("calling") }),
  z.object({ state: z.literal("done") }),
  z.object({ state: z.literal("truncated"), error: z.nullable(runErrorSchema) }),
  z.object({ state: z.literal("stopped") }),
  z.object({ state: z.literal("failed"), error: runErrorSchema }),
]);

const argumentsSchema = z.discriminatedUnion("valid", [
  z.object({ valid: z.literal(true), value: jsonSchema }),
  z.object({ valid: z.literal(false), message: text }),
]);

const reused = { isReused: z.exactOptional(z.literal(true)) };

const originSchema: z.ZodMiniType<ResultOrigin> = z.discriminatedUnion("by", [
  z.object({ by: z.enum(["typed", "example", "failure", "recorded"]) }),
  z.object({ by: z.enum(["skipped", "denied"]) }),
  z.object({ by: z.literal("mock"), rule: figureOrNull, ...reused }),
  z.object({ by: z.enum(["page", "javascript"]), ...reused }),
  z.object({ by: z.literal("http"), status: figure, ...reused }),
  z.object({ by: z.literal("mcp"), server: text, tool: text, ...reused }),
]);

/** Up to version 3 an origin was one word. */
const oldOriginSchema = z.pipe(
  z.enum(["typed", "example", "run"]),
  z.transform((by): ResultOrigin => ({ by: by === "run" ? "page" : by })),
);

/** The result of a call as it was saved. */
export const resultSchema: z.ZodMiniType<ToolResult> = z.object({
  output: text,
  isError: flag,
  origin: z.union([oldOriginSchema, originSchema]),
  cutFrom: z.exactOptional(figure),
  received: z.exactOptional(jsonSchema),
});

/** Arguments that a person changed, as they were saved. */
export const callEditSchema: z.ZodMiniType<CallEdit> = z.object({ text, isSentBack: flag });

/** What a running tool asked, as it was saved. */
export const questionSchema: z.ZodMiniType<ToolQuestion> = z.object({
  id: text,
  from: text,
  message: text,
  form: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fields"), schema: jsonObjectSchema }),
    z.object({ kind: z.literal("url"), url: text }),
  ]),
});

/** Why a lane waits, as it was saved. */
export const pauseSchema: z.ZodMiniType<LoopPause> = z.discriminatedUnion("why", [
  z.object({ why: z.enum(["steps", "calls"]), limit: figure }),
  z.object({ why: z.literal("repeat"), tool: text, times: figure }),
  z.object({ why: z.literal("flood"), calls: figure, different: figure }),
  z.object({ why: z.literal("interrupted") }),
]);

/** Why a tool did not run, as it was saved. */
export const failReasonSchema: z.ZodMiniType<ToolFailReason> = z.literal("tool-changed");

const callStatusSchema: z.ZodMiniType<ToolCallStatus> = z.discriminatedUnion("state", [
  z.object({ state: z.literal("input-streaming") }),
  z.object({
    state: z.literal("awaiting-result"),
    args: argumentsSchema,
    failure: z.exactOptional(text),
    reason: z.exactOptional(failReasonSchema),
    held: z.exactOptional(resultSchema),
  }),
  z.object({
    state: z.literal("running"),
    args: argumentsSchema,
    startedAt: figure,
    log: text,
    question: z.exactOptional(questionSchema),
  }),
  z.object({
    state: z.literal("answered"),
    args: argumentsSchema,
    result: resultSchema,
    at: figure,
    ranFrom: z.exactOptional(figure),
  }),
  z.object({ state: z.literal("unfinished") }),
]);

const outcomeSchema = z.object({
  output: textOrNull,
  sources: z.array(z.object({ url: text, title: textOrNull })),
  error: textOrNull,
});

const providerCallStatusSchema: z.ZodMiniType<ProviderCallStatus> = z.discriminatedUnion("state", [
  z.object({ state: z.literal("running") }),
  z.object({ state: z.literal("done"), outcome: outcomeSchema }),
  z.object({ state: z.literal("unfinished") }),
]);

const citationSchema: z.ZodMiniType<Citation> = z.object({
  url: textOrNull,
  title: textOrNull,
  quote: textOrNull,
  start: figureOrNull,
  end: figureOrNull,
});

const imageSchema: z.ZodMiniType<AnswerImage> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("data"),
    mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
    base64: text,
  }),
  z.object({ kind: z.literal("left-out"), reason: text, url: textOrNull }),
]);

const replaySchema: z.ZodMiniType<readonly Json[]> = z.array(jsonSchema);
const partFields = {
  id: text,
  startedAt: figure,
  endedAt: figureOrNull,
  deltas: figure,
  replay: replaySchema,
};

// `tags`, `phase` and `form` are absent from what was saved before they existed.
const partSchema: z.ZodMiniType<Part> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("reasoning"),
    text,
    tags: z.prefault(z.nullable(z.object({ open: text, close: text })), null),
    ...partFields,
  }),
  z.object({
    type: z.literal("text"),
    text,
    phase: z.prefault(z.nullable(z.enum(["commentary", "final"])), null),
    citations: z.array(citationSchema),
    ...partFields,
  }),
  z.object({
    type: z.literal("tool-call"),
    edit: z.exactOptional(callEditSchema),
    callId: textOrNull,
    name: text,
    input: text,
    form: z.prefault(z.enum(["json", "text"]), "json"),
    status: callStatusSchema,
    ...partFields,
  }),
  z.object({
    type: z.literal("provider-call"),
    callId: textOrNull,
    name: text,
    input: text,
    status: providerCallStatusSchema,
    ...partFields,
  }),
  z.object({ type: z.literal("image"), image: imageSchema, ...partFields }),
  z.object({ type: z.literal("unknown"), name: text, json: jsonSchema, ...partFields }),
]);

const stepSchema: z.ZodMiniType<Step> = z.object({
  id: text,
  request: requestSchema,
  status: statusSchema,
  startedAt: figure,
  sentAt: figureOrNull,
  headAt: figureOrNull,
  firstTokenAt: figureOrNull,
  lastTokenAt: figureOrNull,
  endedAt: figureOrNull,
  head: z.nullable(headSchema),
  responseId: textOrNull,
  responseModel: textOrNull,
  promptProgress: z.nullable(progressSchema),
  parts: z.array(partSchema).check(z.maxLength(MOST_PARTS)),
  finish: z.nullable(finishSchema),
  usage: z.nullable(usageSchema),
  // Absent where it was saved before it was kept.
  costUsd: z.prefault(figureOrNull, null),
  timings: z.nullable(timingsSchema),
  warnings: z.array(z.object({ code: text, message: text })),
  retries: z.array(retrySchema),
  pause: z.exactOptional(pauseSchema),
});

/** A turn as it was saved. */
export const turnSchema: z.ZodMiniType<Turn> = z.object({
  steps: z.array(stepSchema).check(z.maxLength(MOST_STEPS)),
});
