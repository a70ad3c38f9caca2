import type { Note } from "@/lib/providers/dialects/shared/note";
import { resultText } from "@/lib/providers/dialects/shared/result-text";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

/** The tool message that answers a call. The chat dialect has no error flag, so the text says it. */
export function writeResult(call: ToolCallPart, id: string, note: Note): JsonObject {
  return { role: "tool", tool_call_id: id, content: resultText(call, false, note) };
}
