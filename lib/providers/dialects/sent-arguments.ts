import type { ToolCallPart } from "@/lib/stream/turn";

/** A call that does not parse is never sent back as it came: llama.cpp answers it with a 500. */
export function sentArguments({ status, input }: ToolCallPart): string {
  const valid = (status.state === "answered" || status.state === "awaiting-result") && status.args.valid;
  return valid && input.trim() !== "" ? input : "{}";
}
