import type { ToolDefinition } from "@/lib/tools/tool";

import { checkSchema, type ToolProblem } from "./check-schema";

/** What keeps a tool from being saved; `others` are the session's other tools. Never throws. */
export function checkTool(tool: ToolDefinition, others: readonly ToolDefinition[]): readonly ToolProblem[] {
  return [...checkName(tool, others), ...checkSchema(tool.parameters, "/parameters")];
}

function checkName({ id, name }: ToolDefinition, others: readonly ToolDefinition[]): ToolProblem[] {
  if (name === "") return [{ path: "/name", message: "A tool needs a name." }];
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) {
    return [
      { path: "/name", message: "A name can't contain line breaks, tabs or other control characters." },
    ];
  }
  if (others.some((other) => other.id !== id && other.name === name)) {
    return [{ path: "/name", message: `Another tool already has the name ${name}.` }];
  }
  return [];
}
