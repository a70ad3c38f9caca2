import { guard } from "@/lib/server/guard/guard";
import { llamaProps } from "@/lib/server/llama/llama-api";
import { llamaRequests } from "@/lib/server/llama/llama-request";
import { answerUpstream } from "@/lib/server/upstream/answer-upstream";

/** What a llama-server and its chat template can do. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.props });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaProps({ place, requestId, signal: request.signal }, body.model),
  );
}
