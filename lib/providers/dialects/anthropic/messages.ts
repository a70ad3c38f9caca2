import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import { resultText, sendableCalls } from "@/lib/providers/dialects/shared/past-calls";
import { cameFromHere } from "@/lib/providers/dialects/shared/past-text";
import type { AnthropicQuirks, PastTurn, RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { type AnthropicContext, writeAnthropicPart } from "./history-parts";

/** A message whose content is always a list of blocks. */
export type AnthropicMessage = {
  readonly role: "user" | "assistant";
  readonly content: readonly JsonObject[];
};

/**
 * History and the continuing turn as messages whose roles alternate. All results of a step stand in one user
 * message right after its calls, and what the person says next follows them there.
 */
export function writeAnthropicMessages(
  input: RequestInput<AnthropicQuirks>,
  note: Note,
): readonly AnthropicMessage[] {
  const messages: AnthropicMessage[] = [];
  const ids = openCallIds(false);
  for (const [index, past] of input.history.entries()) {
    if (endsInPrompt(messages)) note("A prompt that got no answer is sent together with the next one.");
    add(messages, "user", promptBlocks(past, note));
    const called = past.turn.steps.some((step) => step.parts.some((part) => part.type === "tool-call"));
    const echo = called || index === input.history.length - 1;
    const context: AnthropicContext = { input, ids, note, echo };
    for (const step of past.turn.steps) {
      const { answer, results } = writeAnthropicStep(step, context);
      add(messages, "assistant", answer);
      add(messages, "user", results);
    }
  }
  return messages;
}

function add(
  messages: AnthropicMessage[],
  role: AnthropicMessage["role"],
  content: readonly JsonObject[],
): void {
  if (content.length === 0) return;
  const last = messages.at(-1);
  if (last?.role === role) messages[messages.length - 1] = { role, content: [...last.content, ...content] };
  else messages.push({ role, content });
}

function endsInPrompt(messages: readonly AnthropicMessage[]): boolean {
  const last = messages.at(-1);
  return last?.role === "user" && last.content.at(-1)?.["type"] !== "tool_result";
}

function promptBlocks({ prompt, images = [] }: PastTurn, note: Note): readonly JsonObject[] {
  const pictures = images.map(({ mediaType, base64 }) => ({
    type: "image",
    source: { type: "base64", media_type: mediaType, data: base64 },
  }));
  if (prompt.trim() !== "") return [...pictures, { type: "text", text: prompt }];
  if (pictures.length > 0) return pictures;
  note("An empty prompt is sent as “(empty)”, because the API rejects empty text.");
  return [{ type: "text", text: "(empty)" }];
}

type WrittenStep = {
  readonly answer: readonly JsonObject[];
  /** One result per call of the answer, in its order. */
  readonly results: readonly JsonObject[];
};

/** One past step as blocks; none at all for a step without an answer. */
function writeAnthropicStep(step: Step, context: AnthropicContext): WrittenStep {
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
  if (step.status.state !== "done") note("The part of a cut-off answer that arrived is sent back.");
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
