import { canonicalJson } from "@/lib/stream/turn/canonical-json";

import type { ToolBinding, ToolDefinition } from "./tool";

/** What an approval is given for: everything about a tool that a person saw, as one text. Any change is another key. */
export function definitionKey(tool: ToolDefinition, binding: ToolBinding): string {
  const keys = known.get(tool) ?? new WeakMap<ToolBinding, string>();
  const { name, description, parameters } = tool;
  const key = keys.get(binding) ?? canonicalJson(JSON.stringify({ name, description, parameters, binding }));
  known.set(tool, keys.set(binding, key));
  return key;
}

/** Neither a tool nor a binding ever changes, and one step may have thousands of calls of it. */
const known = new WeakMap<ToolDefinition, WeakMap<ToolBinding, string>>();
