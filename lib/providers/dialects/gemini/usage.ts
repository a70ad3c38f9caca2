import type { FinishKind, RunError, Usage } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { countAt } from "@/lib/stream/turn/json-read";

/** Token counts of one report as they stand; output leaves the thoughts out. null when it holds no count at all. */
export function readGeminiUsage(usage: JsonObject): Usage | null {
  const counts: Usage = {
    input: countAt(usage, "promptTokenCount"),
    output: countAt(usage, "candidatesTokenCount"),
    total: countAt(usage, "totalTokenCount"),
    reasoning: countAt(usage, "thoughtsTokenCount"),
    cached: countAt(usage, "cachedContentTokenCount"),
  };
  return Object.values(counts).every((count) => count === null) ? null : counts;
}

const KINDS: ReadonlyMap<string, FinishKind> = new Map<string, FinishKind>([
  ["STOP", "stop"],
  ["MAX_TOKENS", "length"],
  ["SAFETY", "content-filter"],
  ["BLOCKLIST", "content-filter"],
  ["PROHIBITED_CONTENT", "content-filter"],
  ["SPII", "content-filter"],
  ["IMAGE_SAFETY", "content-filter"],
  ["IMAGE_PROHIBITED_CONTENT", "content-filter"],
  ["MODEL_ARMOR", "content-filter"],
  ["ESCALATION", "content-filter"],
  ["CONTINUATION", "length"],
  ["RECITATION", "error"],
  ["IMAGE_RECITATION", "error"],
  ["LANGUAGE", "error"],
  ["NO_IMAGE", "error"],
  ["MALFORMED_FUNCTION_CALL", "error"],
  ["MALFORMED_RESPONSE", "error"],
  ["UNEXPECTED_TOOL_CALL", "error"],
  ["TOO_MANY_TOOL_CALLS", "error"],
  ["MISSING_THOUGHT_SIGNATURE", "error"],
]);

/** What a candidate's `finishReason` means; a word of its own is "unknown". Calls end in STOP as well. */
export function readGeminiFinish(raw: string): FinishKind {
  return KINDS.get(raw) ?? "unknown";
}

/** What is said of the finish reason CONTINUATION. */
export const CUT_BY_SERVER =
  "The server stopped in the middle of the answer (CONTINUATION). Send a prompt to continue.";

/** Reasons that say little by themselves, in plain words. */
const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ["MALFORMED_RESPONSE", "The model wrote an answer that the provider could not read (MALFORMED_RESPONSE)"],
  [
    "MALFORMED_FUNCTION_CALL",
    "The model wrote a call that the provider could not read (MALFORMED_FUNCTION_CALL)",
  ],
  ["UNEXPECTED_TOOL_CALL", "The model called a tool although none was offered (UNEXPECTED_TOOL_CALL)"],
  ["TOO_MANY_TOOL_CALLS", "The model made too many calls in a row (TOO_MANY_TOOL_CALLS)"],
]);

/** The failure of an answer that the provider itself ended as one. */
export function finishFailure(raw: string | null, message: string | null): RunError {
  return {
    source: "provider",
    code: "finish_error",
    message: failureMessage(raw ?? "error", message),
    retryable: true,
  };
}

function failureMessage(raw: string, message: string | null): string {
  const words = IN_WORDS.get(raw);
  if (words !== undefined) return message === null ? `${words}. Retry.` : `${words}: ${message}`;
  return `The provider ended the answer with the reason “${raw}”${message === null ? " and no message." : `: ${message}`}`;
}
