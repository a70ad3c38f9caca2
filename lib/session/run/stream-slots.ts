/** Streams that all tabs of the browser may have open together: HTTP/1.1 gives an origin six sockets, one stays free. */
import type { Release } from "@/lib/run/ports";
import { createSemaphore, type Semaphore } from "@/lib/run/semaphore";
import { hold, type Locks } from "@/lib/session/storage/web-locks";

const STREAMS = 5;
const LOCKS = Array.from({ length: STREAMS }, (_, index) => `vitrine-stream-${index}`);

/**
 * Stream slots shared by all tabs through Web Locks, in the order they were asked for within this tab. Without
 * Web Locks (a page served over plain HTTP that is not loopback) the tab counts alone.
 */
export function createStreamSlots(locks: Locks | null): Semaphore {
  if (!locks) return createSemaphore(STREAMS);
  // Only the first in this tab's queue asks for locks, so that the others keep their order.
  const turnstile = createSemaphore(1);
  /** The first waits for a stream to end, so that those behind it wait for one as well. */
  let isFull = false;
  const behind = new Set<() => void>();
  /** In use once the browser has refused a lock, as it does where site data is blocked. */
  let alone: Semaphore | null = null;
  return {
    take: async (signal, onWait) => {
      if (alone) return alone.take(signal, onWait);
      let hasReported = false;
      const wait = () => {
        if (!hasReported) onWait();
        hasReported = true;
      };
      // A moment behind one that takes a free slot is no wait.
      const pass = await turnstile.take(signal, () => (isFull ? wait() : behind.add(wait)));
      behind.delete(wait);
      if (!pass) return null;
      try {
        const free = await takeFree(locks);
        if (free) return free;
        isFull = true;
        for (const each of behind) each();
        return await takeFirst(locks, signal, wait);
      } catch {
        alone ??= createSemaphore(STREAMS);
      } finally {
        isFull = false;
        pass();
      }
      return alone.take(signal, wait);
    },
  };
}

/** A slot that is free now, or null. */
async function takeFree(locks: Locks): Promise<Release | null> {
  for (const name of LOCKS) {
    const release = await hold(locks, name, { ifAvailable: true });
    if (release) return release;
  }
  return null;
}

/** Waits at all slots and keeps the first that is given. */
async function takeFirst(locks: Locks, signal: AbortSignal, onWait: () => void): Promise<Release | null> {
  if (signal.aborted) return null;
  onWait();
  const enough = new AbortController();
  const leave = () => enough.abort();
  signal.addEventListener("abort", leave, { once: true });
  let first: Release | null = null;
  await Promise.all(
    LOCKS.map(async (name) => {
      const release = await hold(locks, name, { signal: enough.signal });
      if (release && (first || signal.aborted)) release();
      else if (release) first = release;
      if (first) enough.abort();
    }),
  );
  signal.removeEventListener("abort", leave);
  return first;
}
