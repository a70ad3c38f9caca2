import { KEY_HEADER } from "@/lib/contract/access";
import { chatRequestSchema } from "@/lib/contract/chat";
import { environment } from "@/lib/server/environment";
import { guarded } from "@/lib/server/guard/guard";
import { relay } from "@/lib/server/relay/relay";

/** Relays one chat request to a provider, or to a person's own server. */
export const POST = guarded({ body: chatRequestSchema }, ({ body, request, requestId }) => {
  const key = request.headers.get(KEY_HEADER);
  return relay(body, { until: request, key, requestId, variables: environment() });
});
