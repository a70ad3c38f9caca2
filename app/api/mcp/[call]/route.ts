import { mcpCall } from "@/lib/server/mcp/mcp-calls";

/** Asks an MCP server one of the few things that the page may ask. */
export async function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly call: string }> },
): Promise<Response> {
  const { call } = await params;
  return mcpCall(call)(request);
}
