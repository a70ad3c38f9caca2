import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { rounded } from "./evaluate";
import type { ToolRunResult } from "./runner";

/** Arguments of the calculators. */
export const twoNumbers: JsonObject = {
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" } },
  required: ["a", "b"],
  additionalProperties: false,
};

/** Runs a calculation on `a` and `b`; refuses what is not two numbers or has no finite result. */
export function runOnNumbers(input: Json, calculate: (a: number, b: number) => number): ToolRunResult {
  const { a, b } = isObject(input) ? input : {};
  if (typeof a !== "number" || typeof b !== "number")
    return { ok: false, message: "a and b must be numbers." };
  const result = calculate(a, b);
  return Number.isFinite(result)
    ? { ok: true, output: String(rounded(result)) }
    : { ok: false, message: "The result is too large for a number." };
}
