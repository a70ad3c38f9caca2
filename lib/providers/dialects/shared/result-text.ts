import type { ToolCallPart } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

const NO_RESULT = "No result was given for this call.";

/**
 * What the model is told about a call, exactly as it was given, falsy results too. `flagsErrors`: the dialect
 * has a field for errors, so the text need not say that it is one.
 */
export function resultText(call: ToolCallPart, flagsErrors: boolean, note: Note): string {
  const { status } = call;
  switch (status.state) {
    case "input-streaming":
    case "unfinished":
      return NO_RESULT;
    case "awaiting-result":
    case "running":
      note(`The call of ${call.name} got no result: the model is told so.`);
      return withBrokenArguments(NO_RESULT, call, note);
    case "answered": {
      const { isError, output } = status.result;
      return withBrokenArguments(isError && !flagsErrors ? asError(output) : output, call, note);
    }
  }
}

function asError(output: string): string {
  return /^\s*error\b/i.test(output) ? output : `Error: ${output}`;
}

function withBrokenArguments(output: string, { name, status }: ToolCallPart, note: Note): string {
  if (!("args" in status) || status.args.valid) return output;
  note(
    `The arguments of the call of ${name} do not parse: {} is sent back in their place, and the model is told.`,
  );
  return `The arguments of this call were not a valid JSON object; {} stands in their place.\n${output}`;
}
