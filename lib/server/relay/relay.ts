import type { ParsedChatRequest } from "@/lib/contract/chat";
/** One chat request from the page to an upstream and back. Nothing of the answer is parsed here. */
import type { Environment } from "@/lib/server/environment";
import { appError, errorReply } from "@/lib/server/guard/reply";
import { stoppedError, stopping } from "@/lib/server/start/stopping";
import { planCall, type PlannedCall } from "@/lib/server/upstream/plan-call";

import { limiter } from "./limits";
import { relayFrames } from "./relay-frames";
import { relayWhole } from "./relay-whole";
import { watchEnd } from "./watch-end";

const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Who wants an answer, and until when. */
export type Asker = {
  /** A request of the page's, or whatever else can stop asking. */
  readonly until: Pick<Request, "signal">;
  /** What came, or would come, in `KEY_HEADER`; null = the server's own key. */
  readonly key: string | null;
  readonly requestId: string;
  readonly variables: Environment;
};

/**
 * Answers a guarded chat request. With `stream: true` the reply is 200 at once and failures are a
 * `relay-error` frame; otherwise it is JSON with the upstream's status. When the page leaves or Vitrine is
 * stopped, the upstream's socket is closed, whether or not it had answered.
 */
export async function relay(chat: ParsedChatRequest, asker: Asker): Promise<Response> {
  const { until, key, requestId, variables } = asker;
  const plan = planCall(chat, key, variables, requestId);
  if (!plan.ok) return errorReply(plan.error);
  const admission = limiter().admit(Date.now());
  if (!admission.ok) {
    const { waitMs, message } = admission;
    const more = { retryable: true, retryAfterMs: waitMs };
    return errorReply(appError(429, "RATE_LOCAL", message, requestId, more));
  }
  if (chat.stream) return streamed(plan.call, until, requestId, admission.release);
  const end = watchEnd(until);
  try {
    const reply = await relayWhole(plan.call, requestId, end.signal);
    return stopping().aborted ? errorReply(stoppedError(requestId)) : reply;
  } finally {
    end.forget();
    admission.release();
  }
}

function streamed(
  call: PlannedCall,
  until: Asker["until"],
  requestId: string,
  release: () => void,
): Response {
  const end = watchEnd(until);
  const over = () => {
    end.forget();
    release();
  };
  // A reply whose body nobody reads or cancels is over all the same once its page has left.
  if (end.signal.aborted) over();
  else end.signal.addEventListener("abort", over, { once: true });
  const frames = relayFrames(call, requestId, end.signal);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await frames.next().catch((error: unknown) => {
        over();
        throw error;
      });
      if (!next.done) return controller.enqueue(next.value);
      over();
      controller.close();
    },
    async cancel() {
      end.leave();
      over();
      await frames.return();
    },
  });
  return new Response(body, { headers: STREAM_HEADERS });
}
