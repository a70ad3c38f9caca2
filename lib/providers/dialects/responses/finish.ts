import type { Finish, FinishKind } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { objectAt, textAt } from "@/lib/stream/turn/json-read";

const REASONS: ReadonlyMap<string, FinishKind> = new Map<string, FinishKind>([
  ["max_output_tokens", "length"],
  ["max_tokens", "length"],
  ["content_filter", "content-filter"],
]);

/** What a response's status means; null while it is still being made. Calls are told by its items, not by its status. */
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
