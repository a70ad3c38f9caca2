import type { OpenedAnswer, Transport } from "@/lib/run/ports";
import type { ResponseHead, RunError } from "@/lib/stream/turn/event";

/** The page's way to a server: through Vitrine's own, which passes the answer's bytes on. */
import { apiHeaders, readRefusal, unreachable, unsendableKey } from "./api-client";

/** Sends each attempt to `POST /api/chat`. */
export function relayTransport(call: typeof fetch): Transport {
  return {
    open: async ({ chat, key }, signal) => {
      const unsendable = unsendableKey(key);
      if (unsendable !== null) return { ok: false, error: unsendable };
      try {
        const response = await call("/api/chat", {
          method: "POST",
          headers: { ...apiHeaders(key), "content-type": "application/json" },
          body: JSON.stringify(chat),
          cache: "no-store",
          signal,
        });
        return await openedBy(response);
      } catch (cause) {
        return { ok: false, error: unreachable(cause) };
      }
    },
    brokeOff: (cause) => ({
      source: "app",
      code: "CONNECTION_CUT",
      message: "The connection to Vitrine's own server broke. If it was stopped, start it again and retry.",
      retryable: true,
      detail: cause instanceof Error ? cause.message : String(cause),
    }),
  };
}

async function openedBy(response: Response): Promise<OpenedAnswer> {
  if (!response.ok) return { ok: false, error: await readRefusal(response) };
  if (!response.body) return { ok: false, error: noBody() };
  return { ok: true, body: response.body, head: plainHead(response) };
}

/** The relay frames streams only: an answer that was asked for in one piece comes as the upstream's own JSON. */
function plainHead({ status, headers }: Response): ResponseHead | null {
  const contentType = headers.get("content-type") ?? "";
  if (contentType.startsWith("text/event-stream")) return null;
  return { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
}

function noBody(): RunError {
  return {
    source: "app",
    code: "NO_ANSWER",
    message: "Vitrine's server answered without a body. Retry.",
    retryable: true,
  };
}
