import { canonicalJson } from "@/lib/stream/turn/canonical-json";

import type { ToolBinding, ToolDefinition } from "./tool";

/** What an approval is given for: everything about a tool that a person saw, as one text. Any change is another key. */
export function definitionKey(tool: ToolDefinition, binding: ToolBinding): string {
  const { name, description, parameters } = tool;
  return canonicalJson(JSON.stringify({ name, description, parameters, binding }));
}
