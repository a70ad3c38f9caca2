/** Why Vitrine itself ended something with an MCP server, in a sentence for a person. */
export class McpRefusal extends Error {
  readonly code = "MCP_REFUSED";
}
