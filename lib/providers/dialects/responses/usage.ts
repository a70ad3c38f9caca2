import type { Finish, FinishKind, Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { countAt, objectAt, textAt } from "@/lib/stream/turn/json-read";

/** Token counts of a Responses answer as they stand. null when it holds no count at all. */
export function readResponsesUsage(usage: JsonObject): Usage | null {
  const input = objectAt(usage, "input_tokens_details");
  const output = objectAt(usage, "output_tokens_details");
  const counts: Usage = {
    input: countAt(usage, "input_tokens"),
    output: countAt(usage, "output_tokens"),
    total: countAt(usage, "total_tokens"),
    reasoning: output && countAt(output, "reasoning_tokens"),
    cached: input && countAt(input, "cached_tokens"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}

const REASONS: ReadonlyMap<string, FinishKind> = new Map<string, FinishKind>([
  ["max_output_tokens", "length"],
  ["max_tokens", "length"],
  ["content_filter", "content-filter"],
]);

/**
 * What a response's status means; null while it is still being made. Calls are known by its items, not by its status.
 */
export function readResponsesFinish(status: string, response: JsonObject): Finish | null {
  switch (status) {
    case "queued":
    case "in_progress":
      return null;
    case "completed":
      return { unified: "stop", raw: status };
    case "failed":
      return { unified: "error", raw: status };
    case "incomplete":
      return { unified: REASONS.get(incompleteReason(response) ?? "") ?? "unknown", raw: status };
    default:
      return { unified: "unknown", raw: status };
  }
}

/** Why a response is incomplete, in the provider's word. */
export function incompleteReason(response: JsonObject): string | null {
  return textAt(objectAt(response, "incomplete_details") ?? {}, "reason");
}
