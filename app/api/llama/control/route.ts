import { guard } from "@/lib/server/guard/guard";
import { llamaControl } from "@/lib/server/llama/llama-api";
import { llamaRequests } from "@/lib/server/llama/llama-request";
import { answerUpstream } from "@/lib/server/upstream/answer-upstream";

/** Ends the thinking of a running completion. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.control });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaControl({ place, requestId, signal: request.signal }, body.id),
  );
}
