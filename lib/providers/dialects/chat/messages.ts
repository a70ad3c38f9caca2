import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import { type Note, noteLeftOut } from "@/lib/providers/dialects/shared/note";
import {
  resultText,
  sendableCalls,
  sentArguments,
  sentName,
} from "@/lib/providers/dialects/shared/past-calls";
import { cameFromHere, pastText } from "@/lib/providers/dialects/shared/past-text";
import type { ChatQuirks, PastTurn, PromptImage, RequestInput } from "@/lib/providers/provider";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import type { ChatAnswer, ChatCall, ChatCallExtra, ChatMessage, ChatPrompt, ChatPromptPart } from "./body";
import { echoReasoning, type StepContext } from "./reasoning";

/**
 * System prompt, history and the continuing turn as chat messages. User messages never stand next to
 * each other and every call has exactly one result, because templates and providers refuse anything else.
 */
export function writeMessages(input: RequestInput<ChatQuirks>, note: Note): ChatMessage[] {
  const { setup, history } = input;
  const messages: ChatMessage[] =
    setup.system.trim() === "" ? [] : [{ role: "system", content: setup.system }];
  const ids = openCallIds(input.quirks.callIds === "nine-alphanumeric");
  for (const [index, past] of history.entries()) {
    const { turn } = past;
    addPrompt(messages, past, input, note);
    const isLast = index === history.length - 1;
    const called = turn.steps.some((step) => step.parts.some((part) => part.type === "tool-call"));
    const context: StepContext = { input, ids, note, echo: isLast || called };
    for (const step of turn.steps) messages.push(...writeStep(step, context));
  }
  return messages;
}

/** A prompt that got no answer joins the next one: nothing is lost and the roles still alternate. */
function addPrompt(
  messages: ChatMessage[],
  { prompt, images }: PastTurn,
  { provider, quirks }: RequestInput<ChatQuirks>,
  note: Note,
): void {
  const content = chatPrompt(prompt, images);
  const previous = messages.at(-1);
  if (previous?.role === "user") {
    note("A prompt that got no answer is sent together with the next one.");
    messages[messages.length - 1] = { role: "user", content: joinPrompts(previous.content, content) };
    return;
  }
  if (previous?.role === "tool" && quirks.answersTools === true) {
    note(`${provider.label} requires an answer after every tool result, so a short one is inserted.`);
    messages.push({ role: "assistant", content: "(no answer)" });
  }
  messages.push({ role: "user", content });
}

/** One past step: the assistant message and a tool message per call; nothing for a step without an answer. */
function writeStep(step: Step, context: StepContext): readonly ChatMessage[] {
  const { ids, note } = context;
  const calls = sendableCalls(step, note);
  const text = pastText(step, context.input.setup.model, note);
  if (calls.length === 0 && text.trim() === "") {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return [];
  }
  noteLeftOut(step.parts, note);
  if (step.status.state !== "done") note("The part of a cut-off answer that arrived is sent back.");
  const foreign = !cameFromHere(step, context.input);
  const written = calls.map((call) => ({ call, id: ids.take(call.callId, foreign, note) }));
  const assistant: ChatAnswer = {
    role: "assistant",
    ...(text === "" ? {} : ({ content: text } satisfies Partial<ChatAnswer>)),
    ...echoReasoning(step, context, calls),
    ...(written.length === 0
      ? {}
      : ({
          tool_calls: written.map(({ call, id }) => writeCall(call, id, foreign, note)),
        } satisfies Partial<ChatAnswer>)),
  };
  return [assistant, ...written.map(({ call, id }) => writeResult(call, id, note))];
}

function writeCall(call: ToolCallPart, id: string, foreign: boolean, note: Note): ChatCall {
  // Only who sent such a call is known to read it.
  if (call.form === "text" && !foreign)
    return { id, type: "custom", custom: { name: sentName(call, note), input: call.input } };
  return {
    id,
    type: "function",
    function: { name: sentName(call, note), arguments: sentArguments(call) },
    ...(foreign ? {} : extraContent(call.replay)),
  };
}

/** Gemini's thought signature, which must come back on the call that carried it. */
function extraContent(replay: readonly Json[]): ChatCallExtra {
  for (const item of replay) {
    if (isObject(item) && isObject(item["extra_content"])) return { extra_content: item["extra_content"] };
  }
  return {};
}

/** The tool message that answers a call. The chat dialect has no error flag, so the text says it. */
function writeResult(call: ToolCallPart, id: string, note: Note): ChatMessage {
  return { role: "tool", tool_call_id: id, content: resultText(call, false, note) };
}

/** A prompt as chat content: plain text, or parts where images go with it (many servers read parts worse than text). */
function chatPrompt(prompt: string, images: readonly PromptImage[] = []): ChatPrompt {
  return images.length === 0 ? prompt : [textPart(prompt), ...images.map(imagePart)];
}

/** Two prompts as one content. Stays plain text where both are. */
function joinPrompts(before: ChatPrompt, next: ChatPrompt): ChatPrompt {
  if (typeof before === "string" && typeof next === "string") return `${before}\n\n${next}`;
  return [...parts(before), ...parts(next)];
}

function parts(content: ChatPrompt): readonly ChatPromptPart[] {
  return typeof content === "string" ? [textPart(content)] : content;
}

function textPart(text: string): ChatPromptPart {
  return { type: "text", text };
}

function imagePart({ mediaType, base64 }: PromptImage): ChatPromptPart {
  return { type: "image_url", image_url: { url: `data:${mediaType};base64,${base64}` } };
}
