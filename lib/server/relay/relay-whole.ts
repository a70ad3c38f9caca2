import { readBytes } from "@/lib/server/guard/read-bytes";
import { appError, errorReply } from "@/lib/server/guard/reply";
import { callUpstream } from "@/lib/server/upstream/call-upstream";
import type { PlannedCall } from "@/lib/server/upstream/destination";

import { answerError, connectionError } from "./read-answer";
import { redactBytes } from "./redact";

const MAX_JSON_BYTES = 16 * 1024 * 1024;
const BAD_GATEWAY = 502;

/** An answer that is not streamed: the upstream's status and body, or `{error}`. Never rejects. */
export async function relayWhole(
  call: PlannedCall,
  requestId: string,
  signal: AbortSignal,
): Promise<Response> {
  const answer = await callUpstream({ ...call, signal });
  if (!answer.ok) return broken(answer.error, false);
  const refused = await answerError(answer, call, `${call.baseUrl}${call.path}`, requestId);
  if (refused !== null) {
    return errorReply(refused, answer.response.status < 400 ? BAD_GATEWAY : answer.response.status);
  }
  try {
    const read = await readBytes(answer.response.body, MAX_JSON_BYTES);
    if (!read.ok)
      return errorReply(appError(BAD_GATEWAY, "LIMIT", "The answer is longer than 16 MB.", requestId));
    const broke = answer.broken();
    if (broke !== null) return broken(broke, true);
    return passedOn(answer.response, redactBytes(read.bytes, call.secrets));
  } catch (error) {
    return broken(answer.broken() ?? error, true);
  }

  function broken(error: unknown, answered: boolean): Response {
    return errorReply(connectionError(error, call, requestId, answered), BAD_GATEWAY);
  }
}

function passedOn({ status, headers }: Response, bytes: Uint8Array<ArrayBuffer>): Response {
  // Some servers stream whatever they are asked; no other type of theirs is ever shown as ours.
  const isStream = headers.get("content-type")?.startsWith("text/event-stream") === true;
  return new Response(bytes.length === 0 ? null : bytes, {
    status,
    headers: {
      "content-type": isStream ? "text/event-stream; charset=utf-8" : "application/json; charset=utf-8",
      "cache-control": isStream ? "no-store, no-transform" : "no-store",
    },
  });
}
