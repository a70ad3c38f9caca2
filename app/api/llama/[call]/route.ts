import { llamaCall } from "@/lib/server/llama/llama-calls";

/** Asks a llama-server one of the few things that the page may ask. */
export async function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly call: string }> },
): Promise<Response> {
  const { call } = await params;
  return llamaCall(call)(request);
}
