import { isObject } from "@/lib/stream/turn/json-read";

import { evaluate } from "./evaluate";
import type { ToolRunner } from "./runner";

/** Calculates an expression. */
export const calculator: ToolRunner = {
  name: "calculator",
  description: "Calculate an arithmetic expression, such as (2 + 3) * 4 ^ 2 or sqrt(2).",
  parameters: {
    type: "object",
    properties: {
      expression: { type: "string", description: "Numbers, + - * / % ^, parentheses, functions" },
    },
    required: ["expression"],
    additionalProperties: false,
  },
  run: (input) => {
    const { expression } = isObject(input) ? input : {};
    if (typeof expression !== "string")
      return Promise.resolve({ ok: false, message: "expression must be a string." });
    return Promise.resolve(evaluate(expression));
  },
};
