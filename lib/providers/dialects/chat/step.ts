import { cameFromHere } from "@/lib/providers/dialects/shared/came-from-here";
import type { Note } from "@/lib/providers/dialects/shared/note";
import { noteLeftOut } from "@/lib/providers/dialects/shared/note-left-out";
import { plainText } from "@/lib/providers/dialects/shared/plain-text";
import { sendableCalls } from "@/lib/providers/dialects/shared/sendable-calls";
import { sentArguments } from "@/lib/providers/dialects/shared/sent-arguments";
import { sentName } from "@/lib/providers/dialects/shared/sent-name";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { echoReasoning } from "./reasoning-echo";
import { writeResult } from "./result";
import type { StepContext } from "./step-context";

/** One past step: the assistant message and a tool message per call; nothing for a step without an answer. */
export function writeStep(step: Step, context: StepContext): readonly JsonObject[] {
  const { ids, note } = context;
  const calls = sendableCalls(step, note);
  const text = plainText(step, context.input.setup.model, note);
  if (calls.length === 0 && text.trim() === "") {
    if (step.parts.length > 0) note("A step that ended before its answer is not sent back.");
    return [];
  }
  noteLeftOut(step.parts, note);
  if (step.status.state !== "done") note("An answer that was cut off is sent back as far as it came.");
  const foreign = !cameFromHere(step, context.input);
  const written = calls.map((call) => ({ call, id: ids.take(call.callId, foreign, note) }));
  const assistant: JsonObject = {
    role: "assistant",
    ...(text === "" ? {} : { content: text }),
    ...echoReasoning(step, context, calls),
    ...(written.length === 0
      ? {}
      : { tool_calls: written.map(({ call, id }) => writeCall(call, id, foreign, note)) }),
  };
  return [assistant, ...written.map(({ call, id }) => writeResult(call, id, note))];
}

function writeCall(call: ToolCallPart, id: string, foreign: boolean, note: Note): JsonObject {
  return {
    id,
    type: "function",
    function: { name: sentName(call, note), arguments: sentArguments(call) },
    ...(foreign ? {} : extraContent(call.replay)),
  };
}

/** Gemini's thought signature, which must come back on the call that carried it. */
function extraContent(replay: readonly Json[]): JsonObject {
  for (const item of replay) {
    if (isObject(item) && isObject(item["extra_content"])) return { extra_content: item["extra_content"] };
  }
  return {};
}
