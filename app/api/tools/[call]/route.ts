import { toolCall } from "@/lib/server/tools/tool-calls";

/** Runs tools that only the server can run. */
export async function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly call: string }> },
): Promise<Response> {
  const { call } = await params;
  return toolCall(call)(request);
}
