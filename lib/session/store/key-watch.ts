/** Time, in ms, in which a key's effect should become visible: its own frame and those that paint it. */
const KEY_MS = 50;
/** Keys never keep anything waiting for longer than this, in ms. */
export const LONGEST_KEY_WAIT_MS = 100;

export type KeyWatch = {
  /** A key was just pressed, so the page's frames are reserved for its effect. */
  readonly isKey: () => boolean;
};

/** Watches the page's keys from the first question on. */
export function createKeyWatch(): KeyWatch {
  let keyAt = Number.NEGATIVE_INFINITY;
  let isWatching = false;
  return {
    isKey: () => {
      if (!isWatching) {
        isWatching = true;
        document.addEventListener("keydown", () => (keyAt = performance.now()), {
          capture: true,
          passive: true,
        });
      }
      return performance.now() - keyAt < KEY_MS;
    },
  };
}
