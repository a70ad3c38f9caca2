import type { ParsedChatRequest } from "@/lib/contract/chat";
/** From a chat request to a call that may be made. */
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { speechOf } from "@/lib/providers/speech-of";
import type { Environment } from "@/lib/server/environment";
import { appError } from "@/lib/server/guard/reply";
import type { RunError } from "@/lib/stream/turn/event";

import { type PlannedPlace, planPlace } from "./plan-place";
import type { UpstreamCall } from "./upstream";

export type PlannedCall = PlannedPlace & Omit<UpstreamCall, "signal">;

export type Plan =
  | { readonly ok: true; readonly call: PlannedCall }
  | { readonly ok: false; readonly error: RunError };

/** The place that the request names, and the path that its dialect has there. `key`: as `KEY_HEADER` carries it. */
export function planCall(
  chat: ParsedChatRequest,
  key: string | null,
  environment: Environment,
  requestId: string,
): Plan {
  const plan = planPlace(chat, key, environment, requestId);
  if (!plan.ok) return plan;
  const { provider } = plan.place;
  const speech = speechOf(provider, chat.dialect ?? null);
  if (chat.dialect !== undefined && chat.dialect !== speech.dialect) {
    const message = `dialect: ${provider.label} is not called in "${chat.dialect}".`;
    return { ok: false, error: appError(400, "DIALECT", message, requestId) };
  }
  const { stream, body } = chat;
  return { ok: true, call: { ...plan.place, path: bindDialect(speech).path(chat), stream, body } };
}
