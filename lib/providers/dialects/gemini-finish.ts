import type { FinishKind, RunError } from "@/lib/stream/event";

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

/** The failure of an answer that the provider itself ended as one. */
export function finishFailure(raw: string | null, message: string | null): RunError {
  return {
    source: "provider",
    code: "finish_error",
    message: `The provider ended the answer with the reason “${raw ?? "error"}”${message === null ? " and no message." : `: ${message}`}`,
    retryable: true,
  };
}
