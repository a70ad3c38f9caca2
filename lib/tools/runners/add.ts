import type { ToolRunner } from "./runner";
import { runOnNumbers, twoNumbers } from "./two-numbers";

/** Adds two numbers. */
export const add: ToolRunner = {
  name: "add",
  description: "Add two numbers.",
  parameters: twoNumbers,
  run: (input) => Promise.resolve(runOnNumbers(input, (a, b) => a + b)),
};
