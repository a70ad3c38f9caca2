import { guard } from "@/lib/server/guard/guard";
import { llamaSlots } from "@/lib/server/llama/llama-api";
import { llamaRequests } from "@/lib/server/llama/llama-request";
import { answerUpstream } from "@/lib/server/upstream/answer-upstream";

/** Which slots of a llama-server are at work. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: llamaRequests.slots });
  if (!guarded.ok) return guarded.response;
  const { body, requestId } = guarded;
  return answerUpstream(request, body, requestId, (place) =>
    llamaSlots({ place, requestId, signal: request.signal }),
  );
}
