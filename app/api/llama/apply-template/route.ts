import { answerUpstream } from "@/lib/server/answer-upstream";
import { guard } from "@/lib/server/guard";
import { llamaTemplate } from "@/lib/server/llama-api";
import { llamaRequests } from "@/lib/server/llama-request";

/** The prompt that a request becomes. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.template });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaTemplate({ place, requestId, signal: request.signal }, body.body),
  );
}
