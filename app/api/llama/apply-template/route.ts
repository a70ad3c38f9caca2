import { guard } from "@/lib/server/guard/guard";
import { llamaTemplate } from "@/lib/server/llama/llama-api";
import { llamaRequests } from "@/lib/server/llama/llama-request";
import { answerUpstream } from "@/lib/server/upstream/answer-upstream";

/** The prompt that a request becomes. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.template });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaTemplate({ place, requestId, signal: request.signal }, body.body),
  );
}
