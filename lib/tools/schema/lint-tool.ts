import type { ToolDefinition } from "@/lib/tools/tool";

import type { ToolProblem } from "./check-schema";
import { lintGrammar } from "./lint-grammar";
import { lintStrict } from "./lint-strict";

/** Whether a tool is ready for one way of enforcing its schema, and what stands in the way. */
export type ToolLint = { readonly ready: boolean; readonly findings: readonly ToolProblem[] };

/** Badges of a tool: OpenAI's strict mode, and the grammar llama.cpp makes of a schema. */
export function lintTool({ parameters }: ToolDefinition): {
  readonly strict: ToolLint;
  readonly grammar: ToolLint;
} {
  return { strict: toLint(lintStrict(parameters)), grammar: toLint(lintGrammar(parameters)) };
}

function toLint(findings: readonly ToolProblem[]): ToolLint {
  return { ready: findings.length === 0, findings };
}
