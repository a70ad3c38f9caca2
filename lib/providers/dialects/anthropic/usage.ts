import type { Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt, objectAt } from "@/lib/stream/turn/json-read";

/**
 * Token counts of one report as they stand: `input` leaves out what came from the cache, and holds what was written to
 * it, which the model read as well. null without any count.
 */
export function readAnthropicUsage(usage: JsonObject): Usage | null {
  const input = amountAt(usage, "input_tokens");
  const counts: Usage = {
    input: input === null ? null : input + (amountAt(usage, "cache_creation_input_tokens") ?? 0),
    output: amountAt(usage, "output_tokens"),
    total: null,
    reasoning: amountAt(objectAt(usage, "output_tokens_details") ?? {}, "thinking_tokens"),
    cached: amountAt(usage, "cache_read_input_tokens"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}
