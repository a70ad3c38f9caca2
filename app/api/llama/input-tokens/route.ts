import { guard } from "@/lib/server/guard/guard";
import { llamaTokens } from "@/lib/server/llama/llama-api";
import { llamaRequests } from "@/lib/server/llama/llama-request";
import { answerUpstream } from "@/lib/server/upstream/answer-upstream";

/** Exact prompt tokens of a request. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.tokens });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaTokens({ place, requestId, signal: request.signal }, body.body),
  );
}
