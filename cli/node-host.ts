/** What a run needs of a host without a page. */
import type { Platform, Transport } from "@/lib/run/ports";
import { openRelayReply } from "@/lib/run/relay-reply";
import { waitFor } from "@/lib/run/wait-for";
import { openDirect } from "@/lib/server/direct-transport";

/** Time, chance and timers of this process. */
export const nodePlatform: Platform = {
  clock: { now: () => performance.now(), wall: () => Date.now() },
  random: Math.random,
  wait: waitFor,
  every: (ms, tick) => {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
  onReturn: () => () => undefined,
};

/** The relay's own code in this process, so that its bytes are those that the page would get. */
export const directTransport: Transport = {
  open: async ({ chat, key }, signal) => openRelayReply(await openDirect(chat, key, signal)),
  brokeOff: (cause) => ({
    source: "app",
    code: "CONNECTION_CUT",
    message: "The answer broke off inside Vitrine. Run the command again.",
    retryable: true,
    detail: cause instanceof Error ? cause.message : String(cause),
  }),
};
