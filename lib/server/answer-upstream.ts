import "server-only";
import type { Asked } from "./ask-upstream";
import { environment } from "./environment";
import { planCall, type PlannedCall } from "./plan-call";
import { errorReply, jsonReply } from "./reply";

export type UpstreamPlace = { readonly provider: string; readonly endpoint?: string | undefined };

type Outcome = { readonly ok: true; readonly reply: object } | (Asked & { readonly ok: false });

/**
 * Answers a guarded request with what `run` learns from the upstream it names, under the same rules for
 * addresses and keys as a chat request. Never rejects unless `run` does.
 */
export async function answerUpstream(
  request: Request,
  { provider, endpoint }: UpstreamPlace,
  requestId: string,
  run: (call: PlannedCall) => Promise<Outcome>,
): Promise<Response> {
  const chat = { provider, endpoint, model: "none", stream: false, body: {} };
  const plan = planCall(chat, request.headers, environment(), requestId);
  if (!plan.ok) return errorReply(plan.error);
  const outcome = await run(plan.call);
  return outcome.ok ? jsonReply(outcome.reply) : errorReply(outcome.error, outcome.status);
}
