import type { Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt, objectAt } from "@/lib/stream/turn/json-read";

/** Token counts of a Responses answer as they stand. null when it holds no count at all. */
export function readResponsesUsage(usage: JsonObject): Usage | null {
  const input = objectAt(usage, "input_tokens_details");
  const output = objectAt(usage, "output_tokens_details");
  const counts: Usage = {
    input: amountAt(usage, "input_tokens"),
    output: amountAt(usage, "output_tokens"),
    total: amountAt(usage, "total_tokens"),
    reasoning: output && amountAt(output, "reasoning_tokens"),
    cached: input && amountAt(input, "cached_tokens"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}
