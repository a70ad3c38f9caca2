import type { Locks } from "@/lib/session/storage/web-locks";

type Waiting = { readonly name: string; readonly start: () => void };

/** Web Locks of one browser, shared by the "tabs" of a test. First come first served. */
export function createFakeLocks(): Locks {
  /** How many hold a lock: several where it is shared. */
  const held = new Map<string, { readonly mode: LockMode; readonly holders: number }>();
  const queue: Waiting[] = [];

  const free = (name: string) => {
    const { mode, holders } = held.get(name) ?? { mode: "exclusive", holders: 1 };
    if (holders > 1) {
      held.set(name, { mode, holders: holders - 1 });
      return;
    }
    held.delete(name);
    const index = queue.findIndex((waiting) => waiting.name === name);
    const [next] = index < 0 ? [] : queue.splice(index, 1);
    next?.start();
  };

  const request: Locks["request"] = (name, options, callback) => {
    const mode = options.mode ?? "exclusive";
    const isFree = () => !held.has(name) || (mode === "shared" && held.get(name)?.mode === "shared");
    const run = async () => {
      held.set(name, { mode, holders: (held.get(name)?.holders ?? 0) + 1 });
      try {
        return await callback({ name, mode });
      } finally {
        free(name);
      }
    };
    if (isFree()) return Promise.resolve().then(() => (isFree() ? run() : wait()));
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
