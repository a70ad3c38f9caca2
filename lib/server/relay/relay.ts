/** One chat request from the page to an upstream and back. Nothing of the answer is parsed here. */
import type { ParsedChatRequest } from "@/lib/contract/chat";
import type { Environment } from "@/lib/server/environment";
import { appError, errorReply } from "@/lib/server/guard/reply";
import { stoppedError, stopping } from "@/lib/server/start/stopping";
import { type PlannedCall, planCall } from "@/lib/server/upstream/destination";

import { limiter } from "./limits";
import { relayFrames } from "./relay-stream";
import { relayWhole } from "./relay-whole";

const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Who wants an answer, and until when. */
export type Asker = {
  /** A request of the page's, or whatever else can stop asking. */
  readonly until: Pick<Request, "signal">;
  /** The value of `KEY_HEADER`, or what it would be; null = the server's own key. */
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

export type WatchedEnd = {
  /** Aborts when the page leaves, or when this process is asked to end. */
  readonly signal: AbortSignal;
  /** For a page that leaves without its request's signal saying so. */
  readonly leave: () => void;
  /** To be called once the request is answered. */
  readonly forget: () => void;
};

/** What may end an answer early: whoever asked for it leaves, or this process ends. */
export function watchEnd(asker: Pick<Request, "signal">): WatchedEnd {
  const stop = new AbortController();
  const leave = () => stop.abort();
  const ends = () => [asker.signal, stopping()];
  for (const end of ends()) end.addEventListener("abort", leave, { once: true });
  if (ends().some((end) => end.aborted)) leave();
  // `asker` is held on to: the signal of a request goes quiet once the request is collected.
  const forget = () => ends().forEach((end) => end.removeEventListener("abort", leave));
  return { signal: stop.signal, leave, forget };
}
