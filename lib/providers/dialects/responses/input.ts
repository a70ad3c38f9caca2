import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { PastTurn, PromptImage, RequestInput, ResponsesQuirks } from "@/lib/providers/provider";
import { thinksByDefault } from "@/lib/providers/rules/thinks-by-default";
import type { Json, JsonObject } from "@/lib/stream/turn/json";

import type { ResponsesContext } from "./context";
import { writeResponsesStep } from "./step";

type Input = RequestInput<ResponsesQuirks>;

/** System prompt, history and the continuing turn as input items. Every call has exactly one output. */
export function writeResponsesInput(input: Input, note: Note): readonly JsonObject[] {
  const items: JsonObject[] = writeSystem(input);
  const ids = openCallIds(false);
  let unanswered: readonly Json[] = [];
  for (const [index, past] of input.history.entries()) {
    const content = [...unanswered, ...writePrompt(past)];
    if (unanswered.length > 0) note("A prompt that got no answer is sent together with the next one.");
    const context: ResponsesContext = { input, ids, note, echo: isEchoed(past, index, input) };
    const answer = past.turn.steps.flatMap((step) => writeResponsesStep(step, context));
    const isLast = index === input.history.length - 1;
    unanswered = answer.length === 0 && !isLast ? content : [];
    if (unanswered.length === 0) items.push({ role: "user", content }, ...answer);
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
function writeSystem({ setup, quirks }: Input): JsonObject[] {
  if (setup.system.trim() === "") return [];
  const isDeveloper = quirks.reasoningEcho === "encrypted" && thinksByDefault(setup.model);
  return [{ role: isDeveloper ? "developer" : "system", content: setup.system }];
}

function writePrompt({ prompt, images = [] }: PastTurn): readonly JsonObject[] {
  return [{ type: "input_text", text: prompt }, ...images.map(writeImage)];
}

function writeImage({ mediaType, base64 }: PromptImage): JsonObject {
  return { type: "input_image", image_url: `data:${mediaType};base64,${base64}`, detail: "auto" };
}
