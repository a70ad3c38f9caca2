import { add } from "./add";
import { multiply } from "./multiply";
import type { ToolRunner } from "./runner";

const runners: readonly ToolRunner[] = [add, multiply];

/** The runner of this name (`ToolDefinition.runner`), or null when none works in the page. */
export function findRunner(name: string): ToolRunner | null {
  return runners.find((runner) => runner.name === name) ?? null;
}
