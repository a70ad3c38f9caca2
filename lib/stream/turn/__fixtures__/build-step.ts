/** Builders of plain turn data for tests: everything is filled in, so that a test names only what it is about. */
import type { ServerTimings, Usage } from "@/lib/stream/turn/event";
import type {
  ImagePart,
  ProviderCallPart,
  ReasoningPart,
  Step,
  TextPart,
  ToolCallPart,
  UnknownPart,
} from "@/lib/stream/turn/turn";

/** A finished step, sent at 0 and ended at 1,000 ms, with no parts and nothing reported. */
export function buildStep(step: Partial<Step> = {}): Step {
  return {
    id: "step-1",
    request: { provider: "llamacpp", dialect: "chat-completions", model: "smollm2-135m", endpoint: null },
    status: { state: "done" },
    startedAt: 0,
    sentAt: 0,
    headAt: null,
    firstTokenAt: null,
    lastTokenAt: null,
    endedAt: 1000,
    head: null,
    responseId: null,
    responseModel: null,
    promptProgress: null,
    parts: [],
    finish: { unified: "stop", raw: "stop" },
    usage: null,
    costUsd: null,
    timings: null,
    warnings: [],
    retries: [],
    ...step,
  };
}

/** A finished thought of ten deltas, 300 to 500 ms. */
export function buildReasoning(part: Partial<ReasoningPart> = {}): ReasoningPart {
  return {
    type: "reasoning",
    id: "reasoning-1",
    text: "I need to look up Florence.",
    tags: null,
    replay: [],
    startedAt: 300,
    endedAt: 500,
    deltas: 10,
    ...part,
  };
}

/** A finished text of ten deltas, 500 to 900 ms. */
export function buildText(part: Partial<TextPart> = {}): TextPart {
  return {
    type: "text",
    id: "text-1",
    text: "It is 22 degrees and sunny.",
    phase: null,
    citations: [],
    replay: [],
    startedAt: 500,
    endedAt: 900,
    deltas: 10,
    ...part,
  };
}

/** A complete call that waits for its result, streamed in ten deltas from 500 to 900 ms. */
export function buildCall(part: Partial<ToolCallPart> = {}): ToolCallPart {
  return {
    type: "tool-call",
    id: "call-1",
    callId: "call_a",
    name: "weather",
    input: '{"location": "Florence"}',
    form: "json",
    status: { state: "awaiting-result", args: { valid: true, value: { location: "Florence" } } },
    replay: [],
    startedAt: 500,
    endedAt: 900,
    deltas: 10,
    ...part,
  };
}

/** A web search that the provider ran and ended without sources, 500 to 900 ms. */
export function buildProviderCall(part: Partial<ProviderCallPart> = {}): ProviderCallPart {
  return {
    type: "provider-call",
    id: "provider-call-1",
    callId: "ws_1",
    name: "web_search",
    input: '{"query":"weather in Florence"}',
    status: { state: "done", outcome: { output: null, sources: [], error: null } },
    replay: [],
    startedAt: 500,
    endedAt: 900,
    deltas: 1,
    ...part,
  };
}

/** A picture that came at 500 ms: a PNG of one pixel. */
export function buildImage(part: Partial<ImagePart> = {}): ImagePart {
  return {
    type: "image",
    id: "image-1",
    image: { kind: "data", mediaType: "image/png", base64: ONE_PIXEL_PNG },
    replay: [],
    startedAt: 500,
    endedAt: 500,
    deltas: 0,
    ...part,
  };
}

/** A PNG of one pixel. */
export const ONE_PIXEL_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** An item of a type that Vitrine does not know, which came at 500 ms. */
export function buildUnknown(part: Partial<UnknownPart> = {}): UnknownPart {
  return {
    type: "unknown",
    id: "unknown-1",
    name: "future_item",
    json: { type: "future_item", note: "new" },
    replay: [],
    startedAt: 500,
    endedAt: 500,
    deltas: 0,
    ...part,
  };
}

/** Counts of which only these are known. */
export function buildUsage(counts: Partial<Usage> = {}): Usage {
  return { input: null, output: null, total: null, reasoning: null, cached: null, ...counts };
}

/** Timings of which the server reported only these. */
export function buildTimings(fields: Partial<ServerTimings> = {}): ServerTimings {
  return {
    reported: {},
    promptTokens: null,
    promptMs: null,
    promptPerSecond: null,
    cachedTokens: null,
    outputTokens: null,
    outputMs: null,
    outputPerSecond: null,
    queueMs: null,
    firstTokenMs: null,
    ...fields,
  };
}
