/** The way to a model for a host without a page: all that `POST /api/chat` does, in this process and without HTTP. */
import { type ChatRequest, chatRequestSchema } from "@/lib/contract/chat";
import { relay } from "@/lib/server/relay/relay";

import { type Environment, environment } from "./environment";
import { complaint } from "./guard/guard";
import { appError, errorReply } from "./guard/reply";

/**
 * Sends one chat request with the keys, base URLs and proxies of this process's environment variables, and resolves to
 * the very response that the page would get from `/api/chat`:
 * - `stream: true`: 200 with the relay's frames around the upstream's bytes, for `openWire({ reader })`. A failure
 *   of the upstream is a frame in it.
 * - `stream: false`: the upstream's status and body as JSON, for `openWire({ reader, head, isStreamed: false })`.
 * - refused before anything was called (an unknown provider, a blocked address, too many at once): not `ok`, with the
 *   JSON body `{ error: RunError }`.
 *
 * `key` goes to the address of this request in place of the environment's; null = that one. Aborting `signal` closes
 * the upstream's socket. Whoever stops reading without aborting must cancel the body. Never rejects.
 */
export async function openDirect(
  chat: ChatRequest,
  key: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const requestId = crypto.randomUUID();
  const parsed = chatRequestSchema.safeParse(chat);
  if (!parsed.success) {
    return errorReply(appError(400, "BODY", complaint(parsed.error), requestId));
  }
  let variables: Environment;
  try {
    variables = environment();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return errorReply(appError(400, "ENVIRONMENT", message, requestId));
  }
  // Nothing listens here, so whoever names an address has a shell on this machine already.
  const own: Environment = { ...variables, host: "127.0.0.1" };
  return relay(parsed.data, { until: { signal }, key, requestId, variables: own });
}
