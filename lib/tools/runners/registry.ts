import { add } from "./add";
import { multiply } from "./multiply";
import type { ToolRunner } from "./runner";

const runners: readonly ToolRunner[] = [add, multiply];

/** The runner that a `page` binding names, or null when there is none of this name. */
export function findRunner(name: string): ToolRunner | null {
  return runners.find((runner) => runner.name === name) ?? null;
}
