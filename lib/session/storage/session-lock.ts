import type { Release } from "@/lib/run/ports";
import type { Ownership } from "@/lib/session/store/app-state";
import type { SessionId } from "@/lib/session/store/session";

import { hold, type Locks } from "./web-locks";

/** One tab at a time may change a session. */
export type SessionLock = {
  /**
   * Requests a session's lock and releases the one held before. If another tab holds it, `onFreed` is called once that
   * tab closes and this one becomes the owner.
   */
  readonly claim: (id: SessionId, onFreed: () => void) => Promise<Ownership>;
  /** Gives a session to the tab that waits for it, and waits to get it back. */
  readonly handOver: (id: SessionId, onFreed: () => void) => void;
  /** Whether another tab has the session open. */
  readonly isElsewhere: (id: SessionId) => Promise<boolean>;
};

/** Without Web Locks, or if the browser blocks them, every tab acts as if it were the only one. */
export function createSessionLock(locks: Locks | null): SessionLock {
  let held: { readonly id: SessionId; readonly release: Release } | null = null;
  let waiting = new AbortController();

  const wait = async (id: SessionId, onFreed: () => void, signal: AbortSignal) => {
    const later = locks && (await hold(locks, nameOf(id), { signal }).catch(() => null));
    if (!later) return;
    held = { id, release: later };
    onFreed();
  };

  return {
    handOver: (id, onFreed) => {
      if (held?.id !== id) return;
      held.release();
      held = null;
      waiting = new AbortController();
      void wait(id, onFreed, waiting.signal);
    },
    claim: async (id, onFreed) => {
      if (!locks || held?.id === id) return "owner";
      waiting.abort();
      waiting = new AbortController();
      held?.release();
      held = null;
      const { signal } = waiting;
      const release = await hold(locks, nameOf(id), { ifAvailable: true }).catch(() => "refused" as const);
      if (release === "refused") return "owner";
      if (release) {
        held = { id, release };
        return "owner";
      }
      void wait(id, onFreed, signal);
      return "elsewhere";
    },
    isElsewhere: async (id) => {
      if (!locks || held?.id === id) return false;
      const release = await hold(locks, nameOf(id), { ifAvailable: true }).catch(() => "refused" as const);
      if (release === "refused") return false;
      release?.();
      return release === null;
    },
  };
}

function nameOf(id: SessionId): string {
  return `vitrine-session-${id}`;
}
