import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { ChatQuirks, PastTurn, RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

import { chatPrompt, joinPrompts } from "./prompt";
import { writeStep } from "./step";
import type { StepContext } from "./step-context";

/**
 * System prompt, history and the continuing turn as chat messages. User messages never stand next to
 * each other and every call has exactly one result, because templates and providers refuse anything else.
 */
export function writeMessages(input: RequestInput<ChatQuirks>, note: Note): JsonObject[] {
  const { setup, history } = input;
  const messages: JsonObject[] =
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
  messages: JsonObject[],
  { prompt, images }: PastTurn,
  { provider, quirks }: RequestInput<ChatQuirks>,
  note: Note,
): void {
  const content = chatPrompt(prompt, images);
  const previous = messages.at(-1);
  if (previous?.["role"] === "user" && previous["content"] !== undefined) {
    note("A prompt that got no answer is sent together with the next one.");
    messages[messages.length - 1] = { role: "user", content: joinPrompts(previous["content"], content) };
    return;
  }
  if (previous?.["role"] === "tool" && quirks.answersTools === true) {
    note(`${provider.label} wants an answer after every tool result: a short one is put in.`);
    messages.push({ role: "assistant", content: "(no answer)" });
  }
  messages.push({ role: "user", content });
}
