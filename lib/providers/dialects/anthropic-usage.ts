import type { Usage } from "@/lib/stream/event";
import type { JsonObject } from "@/lib/stream/json";
import { amountAt, objectAt } from "@/lib/stream/json-read";

/** Token counts of one report as they stand: `input` leaves out what came from the cache. null without any count. */
export function readAnthropicUsage(usage: JsonObject): Usage | null {
  const counts: Usage = {
    input: amountAt(usage, "input_tokens"),
    output: amountAt(usage, "output_tokens"),
    total: null,
    reasoning: amountAt(objectAt(usage, "output_tokens_details") ?? {}, "thinking_tokens"),
    cached: amountAt(usage, "cache_read_input_tokens"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}
