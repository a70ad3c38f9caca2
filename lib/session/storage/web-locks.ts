import type { Release } from "@/lib/run/ports";

/** The subset of Web Locks that is used. */
export type Locks = {
  readonly request: (
    name: string,
    options: LockOptions,
    callback: (lock: Lock | null) => Promise<void> | undefined,
  ) => Promise<unknown>;
};

/** Acquires one lock and keeps it until released; null if it is unavailable or the wait is aborted. */
export function hold(locks: Locks, name: string, options: LockOptions): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, options, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch((error: unknown) => {
        if (options.signal?.aborted) resolve(null);
        else reject(error);
      });
  });
}
