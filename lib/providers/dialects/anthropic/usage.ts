import type { FinishKind, Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { countAt, objectAt, textAt } from "@/lib/stream/turn/json-read";

/**
 * Token counts of one report as they stand: `input` leaves out what was read from the cache, and holds what was written to
 * it, which the model read as well. null without any count.
 */
export function readAnthropicUsage(usage: JsonObject): Usage | null {
  const input = countAt(usage, "input_tokens");
  const counts: Usage = {
    input: input === null ? null : input + (countAt(usage, "cache_creation_input_tokens") ?? 0),
    output: countAt(usage, "output_tokens"),
    total: null,
    reasoning: countAt(objectAt(usage, "output_tokens_details") ?? {}, "thinking_tokens"),
    cached: countAt(usage, "cache_read_input_tokens"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}

const KINDS: ReadonlyMap<string, FinishKind> = new Map<string, FinishKind>([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["pause_turn", "stop"],
  ["tool_use", "tool-calls"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["refusal", "content-filter"],
]);

/** What a `stop_reason` means; a word not known here is "unknown". */
export function readStopReason(raw: string): FinishKind {
  return KINDS.get(raw) ?? "unknown";
}

/** What a person should know of this end beyond its reason; null for most. `holder` is the object that holds it. */
export function stopNotice(raw: string, holder: JsonObject): string | null {
  if (raw === "pause_turn") return "The provider paused a long turn. Send a prompt to continue.";
  const details = objectAt(holder, "stop_details") ?? {};
  const [category, explanation] = [textAt(details, "category"), textAt(details, "explanation")];
  const about = category === null ? null : `The refusal is about: ${category}.`;
  const notice = [explanation, about].filter((text) => text !== null).join(" ");
  return notice === "" ? null : notice;
}
