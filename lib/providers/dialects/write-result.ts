import type { JsonObject } from "@/lib/stream/json";
import type { ToolCallPart } from "@/lib/stream/turn";

import type { Note } from "./note";
import { resultText } from "./result-text";

/** The tool message that answers a call. The chat dialect has no error flag, so the text says it. */
export function writeResult(call: ToolCallPart, id: string, note: Note): JsonObject {
  return { role: "tool", tool_call_id: id, content: resultText(call, false, note) };
}
