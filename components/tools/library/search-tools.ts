import type { ToolDefinition } from "@/lib/tools/tool";
import type { ToolSet } from "@/lib/tools/tool-set";

/** The tools in whose name, description or sets every word of the query stands, in their order. Pure. */
export function searchTools(
  tools: readonly ToolDefinition[],
  query: string,
  sets: readonly ToolSet[] = [],
): readonly ToolDefinition[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return tools;
  return tools.filter(({ id, name, description }) => {
    const of = sets.filter((set) => set.tools.includes(id)).map((set) => set.name);
    const text = [name, description, ...of].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
