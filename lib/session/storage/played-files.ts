import type { Locks } from "./web-locks";

/** Kept files that tabs play: a tab that was duplicated plays the file of the first one. */
export type PlayedFiles = {
  /** This tab plays the file of this id. Resolves once other tabs can tell. */
  readonly play: (id: string) => Promise<void>;
  /** This tab does not play it any more: drops it, unless another tab does. */
  readonly leave: (id: string, drop: () => Promise<void>) => Promise<void>;
};

type Played = { readonly release: () => void; readonly released: Promise<unknown> };

/** Without Web Locks, or if the browser blocks them, every tab acts as if it were the only one. */
export function createPlayedFiles(locks: Locks | null): PlayedFiles {
  const played = new Map<string, Played>();
  return {
    play: (id) =>
      new Promise((resolve) => {
        if (locks === null || played.has(id)) {
          resolve();
          return;
        }
        const ending = new AbortController();
        const released = locks
          .request(nameOf(id), { mode: "shared" }, () => {
            resolve();
            if (ending.signal.aborted) return undefined;
            return new Promise<void>((end) => ending.signal.addEventListener("abort", () => end()));
          })
          .catch(() => resolve());
        played.set(id, { release: () => ending.abort(), released });
      }),
    leave: async (id, drop) => {
      const own = played.get(id);
      played.delete(id);
      own?.release();
      // It is free only then: an own lock would look like that of another tab.
      await own?.released;
      if (locks === null) return drop();
      let isRefused = false;
      await locks
        .request(nameOf(id), { ifAvailable: true }, (lock) => (lock === null ? undefined : drop()))
        .catch(() => {
          isRefused = true;
        });
      if (isRefused) await drop();
    },
  };
}

function nameOf(id: string): string {
  return `vitrine-recording-${id}`;
}
