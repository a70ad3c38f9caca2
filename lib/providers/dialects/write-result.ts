import type { JsonObject } from "@/lib/stream/json";
import type { ToolCallPart } from "@/lib/stream/turn";

import type { Note } from "./note";

const NO_RESULT = "No result was given for this call.";

/** The tool message that answers a call. Results go out exactly as given, falsy ones too. */
export function writeResult(call: ToolCallPart, id: string, note: Note): JsonObject {
  return { role: "tool", tool_call_id: id, content: content(call, note) };
}

function content(call: ToolCallPart, note: Note): string {
  const { status } = call;
  switch (status.state) {
    case "input-streaming":
    case "unfinished":
      return NO_RESULT;
    case "awaiting-result":
      note(`The call of ${call.name} got no result: the model is told so.`);
      return withBrokenArguments(NO_RESULT, call, note);
    case "answered":
      return withBrokenArguments(
        status.result.isError ? asError(status.result.output) : status.result.output,
        call,
        note,
      );
  }
}

/** The chat dialect has no error flag, so the text itself must say that it is one. */
function asError(output: string): string {
  return /^\s*error\b/i.test(output) ? output : `Error: ${output}`;
}

function withBrokenArguments(output: string, { name, status }: ToolCallPart, note: Note): string {
  const valid = status.state !== "answered" && status.state !== "awaiting-result" ? true : status.args.valid;
  if (valid) return output;
  note(
    `The arguments of the call of ${name} do not parse: {} is sent back in their place, and the model is told.`,
  );
  return `The arguments of this call were not a valid JSON object; {} stands in their place.\n${output}`;
}
