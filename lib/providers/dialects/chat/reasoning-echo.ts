import { cameFromHere } from "@/lib/providers/dialects/shared/came-from-here";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import type { StepContext } from "./step-context";

/** The message fields in which a step's reasoning goes back; none where the provider takes none. */
export function echoReasoning(
  step: Step,
  { input, note, echo }: StepContext,
  calls: readonly ToolCallPart[],
): JsonObject {
  const { provider, quirks } = input;
  const field = quirks.reasoningEcho;
  const text = step.parts.map((part) => (part.type === "reasoning" ? part.text : "")).join("");
  const details = field === "reasoning_details" && cameFromHere(step, input) ? replayItems(step, calls) : [];
  if (text === "" && details.length === 0) {
    const wanted = field !== null && quirks.echoEmptyReasoning === true && calls.length > 0;
    return wanted ? { [field]: "" } : {};
  }
  if (field === null) {
    note(`Reasoning is not sent back: ${provider.label} takes none.`);
    return {};
  }
  if (!echo) {
    note("Reasoning of earlier turns without tool calls is not sent back.");
    return {};
  }
  if (field !== "reasoning_details") return { [field]: text };
  return {
    ...(text === "" ? {} : { reasoning: text }),
    ...(details.length === 0 ? {} : { reasoning_details: details }),
  };
}

/** Items of `reasoning_details`, whole as the reader joined them; replay data of other kinds belongs to its call. */
function replayItems(step: Step, calls: readonly ToolCallPart[]): readonly Json[] {
  const sent = step.parts.filter((part) => part.type !== "tool-call" || calls.includes(part));
  return sent
    .flatMap((part) => part.replay)
    .filter((item) => isObject(item) && typeof item["type"] === "string");
}
