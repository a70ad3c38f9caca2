/** The page's way to a server: through Vitrine's own, which passes the answer's bytes on. */
import type { Transport } from "@/lib/run/ports";
import { openRelayReply } from "@/lib/run/relay-reply";

import { apiHeaders, unreachable, unsendableKey } from "./api-client";

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
        return await openRelayReply(response);
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
