import { cameFromHere } from "@/lib/providers/dialects/shared/came-from-here";
import { resultText } from "@/lib/providers/dialects/shared/result-text";
import { sendableCalls } from "@/lib/providers/dialects/shared/sendable-calls";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { type AnthropicContext, writeAnthropicPart } from "./part";

export type WrittenStep = {
  readonly answer: readonly JsonObject[];
  /** One result per call of the answer, in its order. */
  readonly results: readonly JsonObject[];
};

/** One past step as blocks; none at all for a step without an answer. */
export function writeAnthropicStep(step: Step, context: AnthropicContext): WrittenStep {
  const { input, ids, note } = context;
  const isOwn = cameFromHere(step, input);
  const calls = new Map(sendableCalls(step, note).map((call) => [call, ids.take(call.callId, true, note)]));
  const blocks = inOrder(step.parts, isOwn).flatMap((part) =>
    writeAnthropicPart(part, { ...context, isOwn, calls }),
  );
  const answer = withoutTrailingThinking(blocks);
  if (answer.length === 0) {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return { answer, results: [] };
  }
  if (step.status.state !== "done") note("An answer that was cut off is sent back as far as it came.");
  return { answer, results: [...calls].map(([call, id]) => writeResult(call, id, context)) };
}

/** Signed blocks must stay as they came; elsewhere a call may be followed by text, which the API wants before it. */
function inOrder(parts: readonly Part[], isOwn: boolean): readonly Part[] {
  if (isOwn) return parts;
  return [
    ...parts.filter(({ type }) => type !== "tool-call"),
    ...parts.filter(({ type }) => type === "tool-call"),
  ];
}

/** The API refuses an answer that ends in thinking. */
function withoutTrailingThinking(blocks: readonly JsonObject[]): readonly JsonObject[] {
  const last = blocks.findLastIndex(({ type }) => type !== "thinking" && type !== "redacted_thinking");
  return blocks.slice(0, last + 1);
}

function writeResult(call: ToolCallPart, id: string, { input, note }: AnthropicContext): JsonObject {
  const content = resultText(call, input.quirks.ignoresErrorFlag !== true, note);
  const isError = call.status.state === "answered" && call.status.result.isError;
  return {
    type: "tool_result",
    tool_use_id: id,
    // The API refuses an error without words.
    content: isError && content === "" ? "Error" : content,
    ...(isError ? { is_error: true } : {}),
  };
}
