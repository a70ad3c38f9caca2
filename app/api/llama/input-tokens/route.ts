import { answerUpstream } from "@/lib/server/answer-upstream";
import { guard } from "@/lib/server/guard";
import { llamaTokens } from "@/lib/server/llama-api";
import { llamaRequests } from "@/lib/server/llama-request";

/** Exact prompt tokens of a request. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.tokens });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaTokens({ place, requestId, signal: request.signal }, body.body),
  );
}
