import type { Platform } from "@/lib/run/ports";
import { waitFor } from "@/lib/run/wait-for";

/** What the page gives a run and its calls to Vitrine's server. A test has its own. */
export type BrowserPlatform = Platform & { readonly fetch: typeof fetch };

/** The browser's. Touches nothing before it is used, so that it may be made on the server too. */
export function browserPlatform(): BrowserPlatform {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: { now: () => performance.now(), wall: () => Date.now() },
    random: Math.random,
    wait: waitFor,
    every: (ms, tick) => {
      const timer = setInterval(tick, ms);
      return () => clearInterval(timer);
    },
    onReturn: (listener) => {
      const onVisible = () => {
        if (!document.hidden) listener("seen");
      };
      const onOnline = () => listener("online");
      window.addEventListener("online", onOnline);
      document.addEventListener("visibilitychange", onVisible);
      return () => {
        window.removeEventListener("online", onOnline);
        document.removeEventListener("visibilitychange", onVisible);
      };
    },
  };
}
