import type { Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt } from "@/lib/stream/turn/json-read";

/** Token counts of one report as they stand; output leaves the thoughts out. null when it holds no count at all. */
export function readGeminiUsage(usage: JsonObject): Usage | null {
  const counts: Usage = {
    input: amountAt(usage, "promptTokenCount"),
    output: amountAt(usage, "candidatesTokenCount"),
    total: amountAt(usage, "totalTokenCount"),
    reasoning: amountAt(usage, "thoughtsTokenCount"),
    cached: amountAt(usage, "cachedContentTokenCount"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}
