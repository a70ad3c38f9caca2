import { type ModelsReply, modelsQuerySchema } from "@/lib/contract/servers";
import { listModels } from "@/lib/server/discovery/models";
import { guarded } from "@/lib/server/guard/guard";
import { appError, errorReply } from "@/lib/server/guard/reply";
import { answerUpstream } from "@/lib/server/upstream/ask-upstream";

/** The models of `?provider=`, or of a person's own `&endpoint=`. A pasted key comes in its header. */
export const GET = guarded({}, ({ request, requestId }) => {
  const asked = modelsQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) {
    return errorReply(
      appError(400, "QUERY", "Ask with ?provider=… and, if need be, &endpoint=….", requestId),
    );
  }
  return answerUpstream<ModelsReply>(request, asked.data, requestId, async (destination) => {
    const askedAt = performance.now();
    const listed = await listModels(destination, requestId, request.signal);
    if (!listed.ok) return listed;
    const { models, below } = listed;
    if (below !== undefined && asked.data.endpoint === undefined) {
      const message = `${destination.provider.baseUrlEnv}: the address returns 404, but answers with ${below} added. Add ${below} to it.`;
      return { ok: false, status: 404, error: appError(404, "BELOW", message, requestId) };
    }
    const latencyMs = Math.round(performance.now() - askedAt);
    return { ok: true, reply: { models, latencyMs, ...(below === undefined ? {} : { below }) } };
  });
});
