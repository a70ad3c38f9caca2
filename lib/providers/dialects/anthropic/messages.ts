import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { AnthropicQuirks, PastTurn, RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import type { AnthropicContext } from "./part";
import { writeAnthropicStep } from "./step";

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
  note("An empty prompt is sent as “(empty)”: the API refuses text without words.");
  return [{ type: "text", text: "(empty)" }];
}
