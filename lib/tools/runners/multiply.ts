import type { ToolRunner } from "./runner";
import { runOnNumbers, twoNumbers } from "./two-numbers";

/** Multiplies two numbers. */
export const multiply: ToolRunner = {
  name: "multiply",
  description: "Multiply two numbers.",
  parameters: twoNumbers,
  run: (input) => Promise.resolve(runOnNumbers(input, (a, b) => a * b)),
};
