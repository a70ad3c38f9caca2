import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { inexactNumbers } from "@/lib/stream/turn/written-json";

import type { Note } from "./note";

/**
 * A call's arguments as JSON text. Free text goes in an object, which every API takes; `input` is what it is called where
 * custom tools come from.
 *
 * A call that does not parse is never sent back as it came: llama.cpp answers it with a 500.
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
    note(`The number ${number} in a call of ${call.name} is sent back as ${JSON.stringify(Number(number))}.`);
  return parseJson(text) ?? {};
}
