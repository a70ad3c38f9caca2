import { KEY_HEADER } from "@/lib/contract/access";
import { environment } from "@/lib/server/environment";
import { errorReply, jsonReply } from "@/lib/server/guard/reply";

import type { Asked } from "./ask-upstream";
import { type PlannedPlace, planPlace, type UpstreamPlace } from "./plan-place";

type Outcome = { readonly ok: true; readonly reply: object } | (Asked & { readonly ok: false });

/**
 * Answers a guarded request with what `run` learns from the upstream it names, under the same rules for
 * addresses and keys as a chat request. Never rejects unless `run` does.
 */
export async function answerUpstream(
  request: Request,
  { provider, endpoint }: UpstreamPlace,
  requestId: string,
  run: (place: PlannedPlace) => Promise<Outcome>,
): Promise<Response> {
  const plan = planPlace({ provider, endpoint }, request.headers.get(KEY_HEADER), environment(), requestId);
  if (!plan.ok) return errorReply(plan.error);
  const outcome = await run(plan.place);
  return outcome.ok ? jsonReply(outcome.reply) : errorReply(outcome.error, outcome.status);
}
