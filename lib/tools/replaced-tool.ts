import type { ToolDefinition } from "./tool";

/**
 * A tool with the definition of another one. What answers its calls stays where the other one says nothing about that; a
 * person who allowed the old definition is asked again. Pure.
 */
export function replacedTool(old: ToolDefinition, like: ToolDefinition): ToolDefinition {
  const isSilent = like.binding.kind === "ask";
  return {
    ...like,
    id: old.id,
    approval: isSilent ? old.approval : null,
    ...(isSilent ? { binding: old.binding, sharing: old.sharing } : {}),
    exampleResult: like.exampleResult ?? old.exampleResult,
  };
}
