import { calledName } from "@/lib/stream/turn/called-name";
import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import { inexactNumbers } from "@/lib/stream/turn/written-json";

import type { Note } from "./note";

/** The calls of a step that may go back: finished ones, answered or not. */
export function sendableCalls(step: Step, note: Note): readonly ToolCallPart[] {
  const calls = step.parts.filter((part) => part.type === "tool-call");
  return calls.filter((call) => {
    const finished = call.status.state === "answered" || call.status.state === "awaiting-result";
    if (!finished) note(`The unfinished call to ${call.name} is not sent back.`);
    return finished;
  });
}

/**
 * A call's arguments as JSON text. Free text goes in an object, which every API takes; `input` is what it is called where
 * custom tools come from.
 *
 * A call that does not parse is never sent back as received: llama.cpp answers it with a 500.
 */
export function sentArguments({ status, input, form }: ToolCallPart): string {
  if (form === "text") return JSON.stringify({ input });
  const valid = (status.state === "answered" || status.state === "awaiting-result") && status.args.valid;
  return valid && input.trim() !== "" ? input : "{}";
}

/** The same as JSON, for an API that takes no text; a number that JavaScript cannot hold goes back as another one, which is noted. */
export function sentInput(call: ToolCallPart, note: Note): Json {
  const text = sentArguments(call);
  for (const number of inexactNumbers(text))
    note(`The number ${number} in a call to ${call.name} is sent back as ${JSON.stringify(Number(number))}.`);
  return parseJson(text) ?? {};
}

/** The name under which a past call goes back. No provider takes an empty one. */
export function sentName(call: ToolCallPart, note: Note): string {
  const name = calledName(call);
  if (name !== "") return name;
  note("A call without a name is sent back as “unnamed”, because providers reject an empty name.");
  return "unnamed";
}

/** What a model is told of a call that nobody answered. */
export const NO_RESULT = "No result was given for this call.";

/**
 * What the model receives for a call, exactly as it was given, including falsy results. `flagsErrors`: the dialect has
 * a field for errors, so the text need not say that it is one.
 */
export function resultText(call: ToolCallPart, flagsErrors: boolean, note: Note): string {
  const { status } = call;
  switch (status.state) {
    case "input-streaming":
    case "unfinished":
      return NO_RESULT;
    case "awaiting-result":
    case "running":
      note(`No result was given for ${call.name}; the model is told.`);
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
  note(`The arguments for ${name} are not valid JSON: {} is sent back instead, and the model is told.`);
  return `The arguments of this call were not a valid JSON object; {} stands in their place.\n${output}`;
}
