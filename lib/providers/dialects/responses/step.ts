import { cameFromHere } from "@/lib/providers/dialects/shared/came-from-here";
import { cleanText } from "@/lib/providers/dialects/shared/clean-text";
import { noteLeftOut } from "@/lib/providers/dialects/shared/note-left-out";
import { plainText } from "@/lib/providers/dialects/shared/plain-text";
import { sendableCalls } from "@/lib/providers/dialects/shared/sendable-calls";
import { untaggedThoughts } from "@/lib/providers/dialects/shared/untagged-thoughts";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt } from "@/lib/stream/turn/json-read";
import type { Step, TextPart, ToolCallPart } from "@/lib/stream/turn/turn";

import { writeResponsesCall, writeResponsesOutput } from "./calls";
import type { ResponsesContext } from "./context";
import { replayResponse } from "./replay";

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
    input.quirks.reasoningEcho === "encrypted" && !foreign ? replayResponse(step, named, note) : null;
  return [
    ...(replayed ?? retell(step, named, !foreign, context)),
    ...[...named].map(([call, id]) => writeResponsesOutput(call, id, !foreign, note)),
  ];
}

/** The step told anew, without the provider's own ids: reasoning as far as it may go back, text, then calls. */
function retell(
  step: Step,
  named: ReadonlyMap<ToolCallPart, string>,
  isOwn: boolean,
  context: ResponsesContext,
): readonly JsonObject[] {
  if (step.parts.some((part) => part.type === "provider-call"))
    context.note("Searches that a provider ran itself are not sent back; what it made of them is.");
  noteLeftOut(step.parts, context.note);
  return [
    ...writeReasoning(step, context),
    ...writeMessages(step, isOwn, context),
    ...[...named].map(([call, id]) => writeResponsesCall(call, id, isOwn, context.note)),
  ];
}

function writeReasoning(step: Step, { input, note, echo }: ResponsesContext): readonly JsonObject[] {
  const thoughts = untaggedThoughts(step.parts, note);
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

/** The text in one message, or in several where the model said which of them are commentary: that goes back as it came. */
function writeMessages(step: Step, isOwn: boolean, { input, note }: ResponsesContext): readonly JsonObject[] {
  const messages: { readonly phase: string | null; text: string }[] = [];
  for (const part of step.parts) {
    if (part.type !== "text") continue;
    const phase = isOwn ? phaseOf(part) : null;
    const last = messages.at(-1);
    if (last !== undefined && last.phase === phase) last.text += part.text;
    else messages.push({ phase, text: part.text });
  }
  return messages.flatMap(({ phase, text }) => {
    const clean = cleanText(text, input.setup.model, note);
    return clean.trim() === "" ? [] : [writeMessage(clean, phase)];
  });
}

function phaseOf({ replay }: TextPart): string | null {
  return textAt(replay.find(isObject) ?? {}, "phase");
}

function writeMessage(text: string, phase: string | null): JsonObject {
  return {
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [] }],
    ...(phase === null ? {} : { phase }),
  };
}
