import type { Queue } from "./ports";
import { createSemaphore, type Semaphore } from "./semaphore";

/**
 * Decides what a step waits for: one of the host's streams, and where `isOneByOne` for its server to be free. The
 * server comes first: a lane that waits for its turn must not keep a stream from the others.
 */
export function createQueue(streams: Semaphore, isOneByOne: () => boolean): Queue {
  const servers = new Map<string, Semaphore>();
  const serverOf = (server: string) => {
    const known = servers.get(server) ?? createSemaphore(1);
    servers.set(server, known);
    return known;
  };
  return {
    take: async (server, signal, onWait) => {
      const turn = isOneByOne()
        ? await serverOf(server).take(signal, () => onWait("server"))
        : () => undefined;
      if (!turn) return null;
      const stream = await streams.take(signal, () => onWait("stream"));
      if (!stream) {
        turn();
        return null;
      }
      return () => {
        stream();
        turn();
      };
    },
  };
}
