import type { StreamEvent } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt, objectAt } from "@/lib/stream/turn/json-read";

/** How far llama.cpp has read the prompt, where a chunk of any dialect says so. */
export function readPromptProgress(chunk: JsonObject): StreamEvent | null {
  const progress = objectAt(chunk, "prompt_progress");
  const total = progress && amountAt(progress, "total");
  if (progress === null || total === null) return null;
  return {
    type: "prompt-progress",
    total,
    cached: amountAt(progress, "cache") ?? 0,
    processed: amountAt(progress, "processed") ?? 0,
    elapsedMs: amountAt(progress, "time_ms") ?? 0,
  };
}
