import type { Release } from "./ports";

/** Slots that are taken in the order they were asked for. */
export type Semaphore = {
  /**
   * Resolves when a slot is free, or to null when `signal` aborts first. `onWait` is called at once when
   * there is none.
   */
  readonly take: (signal: AbortSignal, onWait: () => void) => Promise<Release | null>;
};

/** A semaphore of one page: `slots` may be taken at a time. */
export function createSemaphore(slots: number): Semaphore {
  let free = slots;
  const queue: (() => void)[] = [];

  const release = (): Release => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = queue.shift();
      if (next) next();
      else free += 1;
    };
  };

  return {
    take: (signal, onWait) => {
      if (signal.aborted) return Promise.resolve(null);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(release());
      }
      onWait();
      return new Promise((resolve) => {
        const grant = () => {
          signal.removeEventListener("abort", leave);
          resolve(release());
        };
        const leave = () => {
          queue.splice(queue.indexOf(grant), 1);
          resolve(null);
        };
        queue.push(grant);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
  };
}
