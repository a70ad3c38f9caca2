import { z } from "zod";

import { listModels } from "@/lib/server/discovery/models";
import { guard } from "@/lib/server/guard/guard";
import { appError, errorReply } from "@/lib/server/guard/reply";
import { answerUpstream } from "@/lib/server/upstream/answer-upstream";

const query = z.strictObject({
  provider: z.string().min(1).max(64),
  endpoint: z.string().min(1).max(2048).optional(),
});

/** The models of `?provider=`, or of a person's own `&endpoint=`. A pasted key comes in its header. */
export async function GET(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "GET" });
  if (!guarded.ok) return guarded.response;
  const { requestId } = guarded;
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) {
    return errorReply(
      appError(400, "QUERY", "Ask with ?provider=… and, if need be, &endpoint=….", requestId),
    );
  }
  return answerUpstream(request, asked.data, requestId, async (place) => {
    const listed = await listModels(place, requestId, request.signal);
    if (!listed.ok) return listed;
    const { models, below } = listed;
    if (below !== undefined && asked.data.endpoint === undefined) {
      const message = `${place.provider.baseUrlEnv}: the address answers 404, and with ${below} it answers. Add ${below} to it.`;
      return { ok: false, status: 404, error: appError(404, "BELOW", message, requestId) };
    }
    return { ok: true, reply: below === undefined ? { models } : { models, below } };
  });
}
