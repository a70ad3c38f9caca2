import { calledName } from "./called-name";
import { canonicalJson } from "./canonical-json";
import type { ToolCallPart } from "./turn";

/** A part never changes: a step may have thousands of calls, and each is asked for its key again and again. */
const known = new WeakMap<ToolCallPart, string>();

/**
 * The tool and the arguments that it runs with, as one text: equal for calls that ask the same, however it is written.
 * No arguments are an empty object.
 */
export function callKey(call: ToolCallPart): string {
  const before = known.get(call);
  if (before !== undefined) return before;
  const input = call.edit?.text ?? call.input;
  const isEmpty = call.form === "json" && input.trim() === "";
  const key = JSON.stringify([calledName(call), canonicalJson(isEmpty ? "{}" : input)]);
  known.set(call, key);
  return key;
}
