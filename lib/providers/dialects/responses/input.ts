import { type CallIds, openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import { type Note, noteLeftOut } from "@/lib/providers/dialects/shared/note";
import { sendableCalls } from "@/lib/providers/dialects/shared/past-calls";
import {
  cameFromHere,
  cleanText,
  pastText,
  untaggedThoughts,
} from "@/lib/providers/dialects/shared/past-text";
import type { PastTurn, PromptImage, RequestInput, ResponsesQuirks } from "@/lib/providers/provider";
import { thinksByDefault } from "@/lib/providers/rules/thinks-by-default";
import { isObject, textAt } from "@/lib/stream/turn/json-read";
import type { Step, TextPart, ToolCallPart } from "@/lib/stream/turn/turn";

import type {
  KeptItem,
  ResponsesInputItem,
  ResponsesMessage,
  ResponsesPrompt,
  ResponsesPromptPart,
} from "./body";
import { replayResponse, writeResponsesCall, writeResponsesOutput } from "./replay";

type Input = RequestInput<ResponsesQuirks>;

/** System prompt, history and the continuing turn as input items. Every call has exactly one output. */
export function writeResponsesInput(input: Input, note: Note): readonly (ResponsesInputItem | KeptItem)[] {
  const items: (ResponsesInputItem | KeptItem)[] = writeSystem(input);
  const ids = openCallIds(false);
  let unanswered: readonly ResponsesPromptPart[] = [];
  for (const [index, past] of input.history.entries()) {
    const content = [...unanswered, ...writePrompt(past)];
    if (unanswered.length > 0) note("A prompt that got no answer is sent together with the next one.");
    const context: ResponsesContext = { input, ids, note, echo: isEchoed(past, index, input) };
    const answer = past.turn.steps.flatMap((step) => writeResponsesStep(step, context));
    const isLast = index === input.history.length - 1;
    unanswered = answer.length === 0 && !isLast ? content : [];
    if (unanswered.length === 0) items.push({ role: "user", content } satisfies ResponsesPrompt, ...answer);
  }
  return items;
}

/** Reasoning is of use where a turn goes on or called tools; templates leave other reasoning out. */
function isEchoed({ turn }: PastTurn, index: number, { history }: Input): boolean {
  return (
    index === history.length - 1 ||
    turn.steps.some((step) => step.parts.some((part) => part.type === "tool-call"))
  );
}

/** OpenAI's reasoning models know the system prompt as the developer's. */
function writeSystem({ setup, quirks }: Input): ResponsesPrompt[] {
  if (setup.system.trim() === "") return [];
  const isDeveloper = quirks.reasoningEcho === "encrypted" && thinksByDefault(setup.model);
  return [{ role: isDeveloper ? "developer" : "system", content: setup.system }];
}

function writePrompt({ prompt, images = [] }: PastTurn): readonly ResponsesPromptPart[] {
  return [{ type: "input_text", text: prompt }, ...images.map(writeImage)];
}

function writeImage({ mediaType, base64 }: PromptImage): ResponsesPromptPart {
  return { type: "input_image", image_url: `data:${mediaType};base64,${base64}`, detail: "auto" };
}

/** What the items of one step depend on beyond the step. */
type ResponsesContext = {
  readonly input: RequestInput<ResponsesQuirks>;
  readonly ids: CallIds;
  readonly note: Note;
  /** Whether reasoning of this turn goes back as text. */
  readonly echo: boolean;
};

/** One past step as input items, its calls followed by their outputs; nothing for a step without an answer. */
function writeResponsesStep(
  step: Step,
  context: ResponsesContext,
): readonly (ResponsesInputItem | KeptItem)[] {
  const { ids, note, input } = context;
  const calls = sendableCalls(step, note);
  const text = pastText(step, input.setup.model, note);
  if (calls.length === 0 && text.trim() === "") {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return [];
  }
  if (step.status.state !== "done") note("The part of a cut-off answer that arrived is sent back.");
  const foreign = !cameFromHere(step, input);
  const named = new Map(calls.map((call) => [call, ids.take(call.callId, foreign, note)]));
  const replayed =
    input.quirks.reasoningEcho === "encrypted" && !foreign ? replayResponse(step, named, note) : null;
  return [
    ...(replayed ?? retell(step, named, !foreign, context)),
    ...[...named].map(([call, id]) => writeResponsesOutput(call, id, !foreign, note)),
  ];
}

/** The step rewritten without the provider's own ids: reasoning as far as it may be sent back, text, then calls. */
function retell(
  step: Step,
  named: ReadonlyMap<ToolCallPart, string>,
  isOwn: boolean,
  context: ResponsesContext,
): readonly ResponsesInputItem[] {
  if (step.parts.some((part) => part.type === "provider-call"))
    context.note("Searches that a provider ran itself are not sent back; its conclusions are.");
  noteLeftOut(step.parts, context.note);
  return [
    ...writeReasoning(step, context),
    ...writeMessages(step, isOwn, context),
    ...[...named].map(([call, id]) => writeResponsesCall(call, id, isOwn, context.note)),
  ];
}

function writeReasoning(step: Step, { input, note, echo }: ResponsesContext): readonly ResponsesInputItem[] {
  const thoughts = untaggedThoughts(step.parts, note);
  if (thoughts.length === 0) return [];
  const text = thoughts.map((part) => part.text).join("");
  switch (input.quirks.reasoningEcho) {
    case null:
      note(`Reasoning is not sent back: ${input.provider.label} does not accept it.`);
      return [];
    case "encrypted":
      note("Reasoning that this model did not encrypt, or whose step is incomplete, is not sent back.");
      return [];
    case "text":
      if (text === "") return [];
      if (echo) return [textReasoning(step.id, text)];
      note("Reasoning of earlier turns without tool calls is not sent back.");
      return [];
  }
}

function textReasoning(stepId: string, text: string): ResponsesInputItem {
  // vLLM wants the id; llama.cpp wants the summary, though it reads only the content.
  return { type: "reasoning", id: `rs_${stepId}`, summary: [], content: [{ type: "reasoning_text", text }] };
}

/** The text in one message, or in several where the model said which of them are commentary: that goes back as received. */
function writeMessages(
  step: Step,
  isOwn: boolean,
  { input, note }: ResponsesContext,
): readonly ResponsesMessage[] {
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

function writeMessage(text: string, phase: string | null): ResponsesMessage {
  return {
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [] }],
    ...(phase === null ? {} : ({ phase } satisfies Partial<ResponsesMessage>)),
  };
}
