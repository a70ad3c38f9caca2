import type { ChatQuirks } from "@/lib/providers/provider";
import { LARGEST_AMOUNT } from "@/lib/stream/turn/bounds";
import type { ServerTimings, StreamEvent } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt, countAt, objectAt } from "@/lib/stream/turn/json-read";

type Shape = NonNullable<ChatQuirks["timings"]>;
type Read = (chunk: JsonObject, usage: JsonObject | null) => ServerTimings | null;

const SHAPES: { readonly [shape in Shape]: Read } = {
  "llama-cpp": readLlama,
  groq: readGroq,
  azure: readAzure,
  "time-info": readTimeInfo,
};
const ALL = Object.values(SHAPES);

const UNKNOWN = {
  promptTokens: null,
  promptMs: null,
  promptPerSecond: null,
  cachedTokens: null,
  outputTokens: null,
  outputMs: null,
  outputPerSecond: null,
  queueMs: null,
  firstTokenMs: null,
};

/**
 * What the server measured itself, in whichever shape it comes; the preset's own shape is looked for first.
 * null when the chunk holds none, or only zeros (llama.cpp while it still reads the prompt).
 */
export function readServerTimings(
  chunk: JsonObject,
  usage: JsonObject | null,
  preferred: Shape | null,
): ServerTimings | null {
  const known = preferred === null ? null : SHAPES[preferred](chunk, usage);
  if (known !== null) return known;
  for (const read of ALL) {
    const timings = read(chunk, usage);
    if (timings !== null) return timings;
  }
  return null;
}

function readLlama(chunk: JsonObject): ServerTimings | null {
  const source = objectAt(chunk, "timings");
  const reported = source && numbersOf(source, () => true);
  if (source === null || reported === null) return null;
  const prompt = { tokens: countAt(source, "prompt_n"), ms: amountAt(source, "prompt_ms") };
  const output = { tokens: countAt(source, "predicted_n"), ms: amountAt(source, "predicted_ms") };
  return {
    ...UNKNOWN,
    reported,
    promptTokens: prompt.tokens,
    promptMs: prompt.ms,
    promptPerSecond: plausibleRate(amountAt(source, "prompt_per_second"), prompt),
    cachedTokens: countAt(source, "cache_n"),
    outputTokens: output.tokens,
    outputMs: output.ms,
    // llama.cpp leaves the first token out of its rate: one token has none.
    outputPerSecond: plausibleRate(amountAt(source, "predicted_per_second"), output),
  };
}

/** Groq reports seconds, inside usage. */
function readGroq(_chunk: JsonObject, usage: JsonObject | null): ServerTimings | null {
  return usage === null || amountAt(usage, "completion_time", LONGEST_S) === null
    ? null
    : readSeconds(usage, usage);
}

/** Cerebras and its resellers report seconds in an object of its own; `created` in it is a date. */
function readTimeInfo(chunk: JsonObject, usage: JsonObject | null): ServerTimings | null {
  const source = objectAt(chunk, "time_info");
  return source === null ? null : readSeconds(source, usage ?? {});
}

function readSeconds(source: JsonObject, usage: JsonObject): ServerTimings | null {
  const reported = numbersOf(source, (key) => key.endsWith("_time"));
  if (reported === null) return null;
  const promptTokens = countAt(usage, "prompt_tokens");
  const outputTokens = countAt(usage, "completion_tokens");
  const prompt = amountAt(source, "prompt_time", LONGEST_S);
  const output = amountAt(source, "completion_time", LONGEST_S);
  return {
    ...UNKNOWN,
    reported,
    promptTokens,
    promptMs: toMs(prompt),
    promptPerSecond: divide(promptTokens, prompt),
    outputTokens,
    outputMs: toMs(output),
    outputPerSecond: divide(outputTokens, output),
    queueMs: toMs(amountAt(source, "queue_time", LONGEST_S)),
  };
}

/** Azure sends whole milliseconds beside usage in a stream and inside usage without one. */
function readAzure(chunk: JsonObject, usage: JsonObject | null): ServerTimings | null {
  const source = objectAt(chunk, "latency_checkpoint") ?? (usage && objectAt(usage, "latency_checkpoint"));
  const reported = source && numbersOf(source, () => true);
  if (source === null || reported === null) return null;
  return {
    ...UNKNOWN,
    reported,
    firstTokenMs: amountAt(source, "service_ttft_ms") ?? amountAt(source, "engine_ttft_ms"),
  };
}

/** The numbers of an object as they came, less what is not finite; null when none is above zero. */
function numbersOf(
  source: JsonObject,
  wanted: (key: string) => boolean,
): { readonly [key: string]: number } | null {
  const numbers = new Map<string, number>();
  for (const [key, value] of Object.entries(source))
    if (typeof value === "number" && Number.isFinite(value) && wanted(key)) numbers.set(key, value);
  const measured = [...numbers.values()].some((value) => value !== 0);
  return measured ? Object.fromEntries(numbers) : null;
}

type Span = { readonly tokens: number | null; readonly ms: number | null };

const LEAST_MS = 1;
const LEAST_TOKENS = 2;
/** How far a rate may be from its own tokens and time: servers leave the first token out or round. */
const LARGEST_DIFFERENCE = 2.5;

/** A reported rate; null where too few tokens or too little time made it, or where it contradicts them. */
function plausibleRate(rate: number | null, { tokens, ms }: Span): number | null {
  if (rate === null || rate === 0 || tokens === null || tokens < LEAST_TOKENS) return null;
  if (ms === null) return rate;
  if (ms < LEAST_MS) return null;
  const ratio = rate / ((tokens / ms) * 1000);
  return ratio > LARGEST_DIFFERENCE || ratio < 1 / LARGEST_DIFFERENCE ? null : rate;
}

/** Seconds that are still an amount of ms. */
const LONGEST_S = LARGEST_AMOUNT / 1000;

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

/** Per second; null where too few tokens or too little time would make it. */
function divide(tokens: number | null, seconds: number | null): number | null {
  if (tokens === null || seconds === null) return null;
  return seconds * 1000 < LEAST_MS || tokens < LEAST_TOKENS ? null : tokens / seconds;
}

/** How far llama.cpp has read the prompt, where a chunk of any dialect says so. */
export function readPromptProgress(chunk: JsonObject): StreamEvent | null {
  const progress = objectAt(chunk, "prompt_progress");
  const total = progress && countAt(progress, "total");
  const processed = progress && countAt(progress, "processed");
  if (progress === null || total === null || processed === null || processed > total) return null;
  return {
    type: "prompt-progress",
    total,
    cached: countAt(progress, "cache") ?? 0,
    processed,
    elapsedMs: amountAt(progress, "time_ms") ?? 0,
  };
}
