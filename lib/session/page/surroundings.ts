import type { Clock } from "@/lib/session/run/turn-clock";

/** What a run needs from its environment. The page provides the browser's; a test provides its own. */
export type Surroundings = {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** True after `ms`; false as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<boolean>;
  /** Calls `tick` every `ms` until the returned function is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  /** Calls `listener` when the page is seen again or the network comes back, until the returned function is called. */
  readonly onReturn: (listener: (what: "seen" | "online") => void) => () => void;
};

/** The browser's implementation. Touches nothing until it is used, so that it can also be created on the server. */
export function browserSurroundings(): Surroundings {
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

function waitFor(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve(true);
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
