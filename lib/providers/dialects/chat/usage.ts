import type { FinishKind, Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { countAt, asObject, isList, isObject, listAt, objectAt } from "@/lib/stream/turn/json-read";

/** Token counts of one report as they stand. null when it holds no count at all. */
export function readChatUsage(usage: JsonObject): Usage | null {
  const output = objectAt(usage, "completion_tokens_details");
  const input = objectAt(usage, "prompt_tokens_details");
  const counts: Usage = {
    input: countAt(usage, "prompt_tokens"),
    output: countAt(usage, "completion_tokens"),
    total: countAt(usage, "total_tokens"),
    reasoning: (output && countAt(output, "reasoning_tokens")) ?? countAt(usage, "reasoning_tokens"),
    cached:
      (input && countAt(input, "cached_tokens")) ??
      // DeepSeek, then Moonshot.
      countAt(usage, "prompt_cache_hit_tokens") ??
      countAt(usage, "cached_tokens"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}

/** Every usage report in a chunk, weakest first: Groq and Moonshot also send it in places of their own. Of a list the last counts. */
export function findUsage(chunk: JsonObject): readonly JsonObject[] {
  const own = chunk["usage"];
  const groq = chunk["x_groq"];
  const choice = listAt(chunk, "choices")?.find((item) => isObject(item)) ?? null;
  const inChoice = isObject(choice) ? choice["usage"] : null;
  // Most chunks hold no usage: no list is made for them.
  if (!own && !groq && !inChoice) return NONE;
  const reports = [
    objectAt(objectAt(chunk, "x_groq") ?? {}, "usage"),
    isObject(inChoice) ? inChoice : null,
    asObject(isList(own) ? own.at(-1) : own),
  ];
  return reports.filter((report) => report !== null);
}

const NONE: readonly JsonObject[] = [];

const KINDS: ReadonlyMap<string, FinishKind> = new Map<string, FinishKind>([
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["tool_calls", "tool-calls"],
  ["tool_use", "tool-calls"],
  ["function_call", "tool-calls"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["model_length", "length"],
  ["content_filter", "content-filter"],
  ["safety", "content-filter"],
  ["refusal", "content-filter"],
  ["error", "error"],
]);

/** What a server's `finish_reason` means; a word of its own is "unknown". */
export function readFinishReason(raw: string): FinishKind {
  return KINDS.get(raw.toLowerCase()) ?? "unknown";
}
