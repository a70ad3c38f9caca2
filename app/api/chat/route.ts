import { KEY_HEADER } from "@/lib/providers/api";
import { environment } from "@/lib/server/environment";
import { guard } from "@/lib/server/guard/guard";
import { chatRequestSchema } from "@/lib/server/relay/chat-request";
import { relay } from "@/lib/server/relay/relay";

/** Relays one chat request to a provider, or to a person's own endpoint. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: chatRequestSchema });
  if (!guarded.ok) return guarded.response;
  const key = request.headers.get(KEY_HEADER);
  const { body, requestId } = guarded;
  return relay(body, { until: request, key, requestId, variables: environment() });
}
