/** What a person's tools have to do with those of an MCP server. Pure. */
import type { McpTool } from "@/lib/contract/mcp";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { freeName, legalName } from "@/lib/tools/free-name";
import { type McpServerRef, NEW_TOOL_CHOICES, type ToolBinding, type ToolDefinition } from "@/lib/tools/tool";

import { tokenPlace } from "./mcp-token";

/** A person's tool that an MCP server answers. */
export type McpBoundTool = ToolDefinition & {
  readonly binding: Extract<ToolBinding, { readonly kind: "mcp" }>;
};

/** A tool of a server as a tool of the person's. Where its name is taken, the server's stands before it. */
export function toolOfServer(
  server: McpServerRef,
  tool: McpTool,
  id: string,
  others: readonly ToolDefinition[],
): McpBoundTool {
  const taken = new Set(others.map(({ name }) => name));
  const own = legalName(tool.name) || "tool";
  const name = taken.has(own) ? freeName(legalName(`${server.name}_${own}`) || own, taken) : own;
  return {
    ...NEW_TOOL_CHOICES,
    id,
    name,
    description: tool.description,
    parameters: tool.parameters,
    strict: null,
    binding: { kind: "mcp", server, tool: tool.name, gives: "text", hash: tool.hash },
  };
}

/** The person's tools that this server answers, by the name that the server gives them. */
export function toolsOfServer(
  tools: readonly ToolDefinition[],
  server: McpServerRef,
): ReadonlyMap<string, McpBoundTool> {
  const place = serverPlace(server);
  const own = tools.flatMap((tool) => {
    const { binding } = tool;
    if (binding.kind !== "mcp" || serverPlace(binding.server) !== place) return [];
    return [[binding.tool, { ...tool, binding }] as const];
  });
  // Of two copies the first one is the server's.
  return new Map(own.toReversed());
}

/** Names a server, whatever a person calls it. */
export function serverPlace(server: McpServerRef): string {
  return `${server.from} ${tokenPlace(server)[1]}`;
}

/**
 * How a person's copy differs from what the server says now. "changed": the server has another definition than the one
 * that was accepted. "edited": the person wrote another description or schema. "unknown": it was never compared.
 */
export type CopyState = "same" | "changed" | "edited" | "unknown";

/** Compares a copy with the server's definition. */
export function stateOfCopy(copy: McpBoundTool, tool: McpTool): CopyState {
  const { hash } = copy.binding;
  if (hash === null) return "unknown";
  if (hash !== tool.hash) return "changed";
  return definitionText(copy) === definitionText(tool) ? "same" : "edited";
}

/** What a model reads of a tool besides its name, as JSON to be compared line by line, whatever the order of its keys. */
export function definitionText({
  description,
  parameters,
}: Pick<McpTool, "description" | "parameters">): string {
  return JSON.stringify(
    { description, parameters },
    (_key, value: Json) => (isObject(value) ? sorted(value) : value),
    2,
  );
}

function sorted(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The copy with the server's definition, which a person has seen. */
export function asAtServer(copy: McpBoundTool, tool: McpTool): McpBoundTool {
  const { description, parameters, hash } = tool;
  return { ...copy, description, parameters, binding: { ...copy.binding, hash } };
}

/** What differs between two lists of a server's tools, by their names. */
export type ListChange = {
  readonly added: readonly string[];
  readonly gone: readonly string[];
  readonly changed: readonly string[];
};

/** null where nothing differs. */
export function changeOfTools(before: readonly McpTool[], after: readonly McpTool[]): ListChange | null {
  const known = new Map(before.map(({ name, hash }) => [name, hash]));
  const now = new Set(after.map(({ name }) => name));
  const added = after.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  const gone = before.filter(({ name }) => !now.has(name)).map(({ name }) => name);
  const changed = after
    .filter(({ name, hash }) => known.has(name) && known.get(name) !== hash)
    .map(({ name }) => name);
  return added.length + gone.length + changed.length === 0 ? null : { added, gone, changed };
}
