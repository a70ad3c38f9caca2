import type { FinishKind } from "@/lib/stream/turn/event";

const KINDS: ReadonlyMap<string, FinishKind> = new Map<string, FinishKind>([
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["tool_calls", "tool-calls"],
  ["tool_use", "tool-calls"],
  ["function_call", "tool-calls"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["model_length", "length"],
  ["content_filter", "content-filter"],
  ["safety", "content-filter"],
  ["refusal", "content-filter"],
  ["error", "error"],
]);

/** What a server's `finish_reason` means; a word of its own is "unknown". */
export function readFinishReason(raw: string): FinishKind {
  return KINDS.get(raw.toLowerCase()) ?? "unknown";
}
