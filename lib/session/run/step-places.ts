import type { QueuedBehind } from "@/lib/stream/turn/event";

import { createSemaphore, type Release, type Semaphore } from "./semaphore";

export type StepPlaces = {
  /** Waits for a stream slot and, when `alone`, for the server first; null when the signal aborts. */
  readonly take: (
    place: { readonly server: string; readonly alone: boolean },
    signal: AbortSignal,
    onWait: (behind: QueuedBehind) => void,
  ) => Promise<Release | null>;
};

/** Where steps wait: for a stream slot of the browser, and in a sequential session for their server to be free. */
export function createStepPlaces(slots: Semaphore): StepPlaces {
  const servers = new Map<string, Semaphore>();
  const serverOf = (server: string) => {
    const known = servers.get(server) ?? createSemaphore(1);
    servers.set(server, known);
    return known;
  };
  return {
    take: async ({ server, alone }, signal, onWait) => {
      // The server first: a lane that waits for its turn must not keep a stream from the others.
      const turn = alone ? await serverOf(server).take(signal, () => onWait("server")) : () => undefined;
      if (!turn) return null;
      const slot = await slots.take(signal, () => onWait("stream"));
      if (!slot) {
        turn();
        return null;
      }
      return () => {
        slot();
        turn();
      };
    },
  };
}
