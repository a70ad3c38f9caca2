import type { JsonObject } from "@/lib/stream/json";
import type { Step, ToolCallPart } from "@/lib/stream/turn";

import { cameFromHere } from "./came-from-here";
import type { Note } from "./note";
import { noteLeftOut } from "./note-left-out";
import { plainText } from "./plain-text";
import type { ResponsesContext } from "./responses-context";
import { replayResponse } from "./responses-replay";
import { resultText } from "./result-text";
import { sendableCalls } from "./sendable-calls";
import { sentArguments } from "./sent-arguments";
import { sentName } from "./sent-name";

/** One past step as input items, its calls followed by their outputs; nothing for a step without an answer. */
export function writeResponsesStep(step: Step, context: ResponsesContext): readonly JsonObject[] {
  const { ids, note, input } = context;
  const calls = sendableCalls(step, note);
  const text = plainText(step, input.setup.model, note);
  if (calls.length === 0 && text.trim() === "") {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return [];
  }
  if (step.status.state !== "done") note("An answer that was cut off is sent back as far as it came.");
  const foreign = !cameFromHere(step, input);
  const named = new Map(calls.map((call) => [call, ids.take(call.callId, foreign, note)]));
  const replayed =
    input.quirks.reasoningEcho === "encrypted" && !foreign ? replayResponse(step, named) : null;
  return [
    ...(replayed ?? retell(step, text, named, context)),
    ...[...named].map(([call, id]) => writeOutput(call, id, context)),
  ];
}

/** The step told anew, without the provider's own ids: reasoning as far as it may go back, text, then calls. */
function retell(
  step: Step,
  text: string,
  named: ReadonlyMap<ToolCallPart, string>,
  context: ResponsesContext,
): readonly JsonObject[] {
  if (step.parts.some((part) => part.type === "provider-call"))
    context.note("Searches that a provider ran itself are not sent back; what it made of them is.");
  noteLeftOut(step.parts, context.note);
  return [
    ...writeReasoning(step, context),
    ...(text.trim() === "" ? [] : [writeMessage(text)]),
    ...[...named].map(([call, id]) => writeCall(call, id, context.note)),
  ];
}

function writeReasoning(step: Step, { input, note, echo }: ResponsesContext): readonly JsonObject[] {
  const thoughts = step.parts.filter((part) => part.type === "reasoning");
  if (thoughts.length === 0) return [];
  const text = thoughts.map((part) => part.text).join("");
  switch (input.quirks.reasoningEcho) {
    case null:
      note(`Reasoning is not sent back: ${input.provider.label} takes none.`);
      return [];
    case "encrypted":
      note("Reasoning that this model did not encrypt, or whose step is not whole, is not sent back.");
      return [];
    case "text":
      if (text === "") return [];
      if (echo) return [textReasoning(step.id, text)];
      note("Reasoning of earlier turns without tool calls is not sent back.");
      return [];
  }
}

function textReasoning(stepId: string, text: string): JsonObject {
  // vLLM wants the id; llama.cpp wants the summary, though it reads only the content.
  return { type: "reasoning", id: `rs_${stepId}`, summary: [], content: [{ type: "reasoning_text", text }] };
}

function writeMessage(text: string): JsonObject {
  return { type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] };
}

function writeCall(call: ToolCallPart, id: string, note: Note): JsonObject {
  return { type: "function_call", call_id: id, name: sentName(call, note), arguments: sentArguments(call) };
}

function writeOutput(call: ToolCallPart, id: string, { note }: ResponsesContext): JsonObject {
  return { type: "function_call_output", call_id: id, output: resultText(call, false, note) };
}
