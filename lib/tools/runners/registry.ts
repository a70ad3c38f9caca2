import { add } from "./add";
import { calculator } from "./calculator";
import { calendar } from "./calendar";
import { clock } from "./clock";
import { multiply } from "./multiply";
import { random } from "./random";
import type { ToolRunner } from "./runner";
import { search } from "./search";
import { todo } from "./todo";

/** The tools that run in the page, in the order in which they are offered. */
export const RUNNERS: readonly ToolRunner[] = [
  calculator,
  clock,
  random,
  todo,
  calendar,
  search,
  add,
  multiply,
];

/** The runner that a `page` binding names, or null when there is none of this name. */
export function findRunner(name: string): ToolRunner | null {
  return RUNNERS.find((runner) => runner.name === name) ?? null;
}
