/** Where each field of a request came from: what Vitrine added by itself, and what it made of a lane's settings. Pure. */
import type { LaneSetup, Speech } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

/**
 * "added": nobody asked for it. "mapped": a setting of the lane in the provider's words. "as set": what the lane says,
 * under its own name.
 */
export type FieldOrigin = "added" | "mapped" | "as set";

export type RequestField = {
  readonly name: string;
  readonly origin: FieldOrigin;
  /** Why it is there, or which setting it is. */
  readonly why: string;
};

/** What is added, and what for. */
const ADDED: ReadonlyMap<string, string> = new Map([
  ["stream", "the answer is read as it is written"],
  ["stream_options", "asks for token counts at the end of the stream"],
  ["timings_per_token", "asks for the server's own times with each piece"],
  ["return_progress", "asks how far the prompt was read"],
  ["reasoning_control", "lets a thought be ended while it is written"],
  ["reasoning_split", "asks for thoughts apart from the text"],
  ["tool_stream", "asks for calls while they are written"],
  ["usage", "asks for token counts and costs"],
  ["store", "the provider keeps nothing: the history goes with every request"],
  ["include", "asks for what the provider leaves out otherwise, so that it can be sent back"],
  ["anthropic_version", "this address names no version by itself"],
]);

/** Fields that hold what a lane says, in one dialect or another. */
const AS_SET: ReadonlyMap<string, string> = new Map([
  ["model", "the lane's model"],
  ["messages", "the conversation"],
  ["input", "the conversation"],
  ["contents", "the conversation"],
  ["system", "the lane's system prompt"],
  ["tools", "the tools that are on"],
  ["parallel_tool_calls", "the lane's parallel calls"],
]);

/** Fields in which a provider has other words for a setting. */
const MAPPED: ReadonlyMap<string, string> = new Map([
  ["systemInstruction", "the lane's system prompt"],
  ["instructions", "the lane's system prompt"],
  ["tool_choice", "the lane's choice of tools"],
  ["toolConfig", "the lane's choice of tools"],
  ["response_format", "the lane's answer schema"],
  ["text", "the lane's answer schema"],
]);

const LIMITS: ReadonlySet<string> = new Set(["max_tokens", "max_completion_tokens", "max_output_tokens"]);

/** Every field of a body once, in its order. */
export function explainRequest(
  body: JsonObject,
  setup: Pick<LaneSetup, "samplers" | "effort" | "thinkingTokens" | "maxTokens" | "responseSchema">,
  speech: Speech | null,
): readonly RequestField[] {
  const extra = speech === null || !isObject(speech.quirks.extra) ? {} : speech.quirks.extra;
  return Object.keys(body).map((name): RequestField => {
    if (Object.hasOwn(setup.samplers, name)) return { name, origin: "as set", why: "a sampler of the lane" };
    if (name === "stream" && body[name] === false)
      return { name, origin: "added", why: "the answer is asked for in one piece" };
    const added = ADDED.get(name);
    if (added !== undefined) return { name, origin: "added", why: added };
    if (Object.hasOwn(extra, name)) return { name, origin: "added", why: "this provider is always sent it" };
    const asSet = AS_SET.get(name);
    if (asSet !== undefined) return { name, origin: "as set", why: asSet };
    const mapped = MAPPED.get(name);
    if (mapped !== undefined) return { name, origin: "mapped", why: mapped };
    if (LIMITS.has(name)) return limitOf(name, setup.maxTokens);
    return { name, origin: "mapped", why: settingsOf(name, setup) };
  });
}

function limitOf(name: string, maxTokens: number | null): RequestField {
  if (maxTokens === null) return { name, origin: "added", why: "this API requires a limit" };
  return {
    name,
    origin: name === "max_tokens" ? "as set" : "mapped",
    why: `max tokens ${String(maxTokens)}`,
  };
}

/** Fields that hold more than what a lane says about thinking. */
const HOLD_MORE: ReadonlySet<string> = new Set(["generationConfig", "output_config"]);

/** The settings that providers have the most words for. */
function settingsOf(name: string, setup: Parameters<typeof explainRequest>[1]): string {
  const { effort, thinkingTokens, maxTokens, responseSchema, samplers } = setup;
  const more = HOLD_MORE.has(name)
    ? [
        maxTokens === null ? null : `max tokens ${String(maxTokens)}`,
        responseSchema === null ? null : "the lane's answer schema",
        Object.keys(samplers).length === 0 ? null : "the lane's samplers",
      ]
    : [];
  const known = [
    effort === null ? null : `effort ${effort}`,
    thinkingTokens === null ? null : `thinking token limit ${String(thinkingTokens)}`,
    ...more,
  ].filter((setting) => setting !== null);
  return known.length === 0 ? "how this provider is asked for its thoughts" : known.join(", ");
}
