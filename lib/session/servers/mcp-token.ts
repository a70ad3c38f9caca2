/** The tokens that people pasted for MCP servers: in this tab's memory, like keys. */
import type { ServerBinding } from "@/lib/contract/tool-binding";
import type { Keys } from "@/lib/session/store/keys";
import type { McpServerRef } from "@/lib/tools/tool";

/** Where `Keys` holds the token of an MCP server. */
export function tokenPlace(server: McpServerRef): readonly ["mcp", string] {
  return ["mcp", server.from === "config" ? server.name : server.url];
}

/** What the header of keys carries when this binding runs; null = nothing. */
export function tokenOf(keys: Pick<Keys, "get">, binding: ServerBinding): string | null {
  return binding.kind === "mcp" ? keys.get(...tokenPlace(binding.server)) : null;
}
