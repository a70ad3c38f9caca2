import type { Locks } from "@/lib/session/storage/web-locks";

type Waiting = { readonly name: string; readonly start: () => void };

/** Web Locks of one browser, shared by the "tabs" of a test. Exclusive locks only, first come first served. */
export function createFakeLocks(): Locks {
  const held = new Set<string>();
  const queue: Waiting[] = [];

  const free = (name: string) => {
    held.delete(name);
    const index = queue.findIndex((waiting) => waiting.name === name);
    const [next] = index < 0 ? [] : queue.splice(index, 1);
    next?.start();
  };

  const request: Locks["request"] = (name, options, callback) => {
    const run = async () => {
      held.add(name);
      try {
        return await callback({ name, mode: "exclusive" });
      } finally {
        free(name);
      }
    };
    if (!held.has(name)) return Promise.resolve().then(() => (held.has(name) ? wait() : run()));
    if (options.ifAvailable) return Promise.resolve(callback(null));
    return wait();

    function wait(): Promise<unknown> {
      if (options.ifAvailable) return Promise.resolve(callback(null));
      return new Promise((resolve, reject) => {
        const waiting = { name, start: () => void run().then(resolve, reject) };
        queue.push(waiting);
        options.signal?.addEventListener("abort", () => {
          const index = queue.indexOf(waiting);
          if (index < 0) return;
          queue.splice(index, 1);
          reject(new DOMException("aborted", "AbortError"));
        });
      });
    }
  };
  return { request };
}
