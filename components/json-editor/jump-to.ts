import type { Json } from "@/lib/stream/turn/json";
import { readPointer } from "@/lib/tools/schema/json-pointer";

/** A place in a value, as a JSON pointer, or in its text. Each new object means going there again. */
export type JumpTo = { readonly pointer: string } | { readonly from: number; readonly to: number };

/** Where the parameters of a tool may stand in what was pasted. */
const PARAMETERS = [
  "/parameters",
  "/function/parameters",
  "/input_schema",
  "/inputSchema",
  "/parametersJsonSchema",
];

/** The place in the tool as it is written. Pure. */
export function inTool(pointer: string, value: Json | undefined): JumpTo {
  if (value === undefined || readPointer(value, pointer) !== undefined) return { pointer };
  const rest = pointer.replace(/^\/parameters/, "");
  const found = PARAMETERS.map((at) => at + rest).find((each) => readPointer(value, each) !== undefined);
  return { pointer: found ?? pointer };
}
