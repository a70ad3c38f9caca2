/** How often a token may be guessed. Pure: the caller brings the clock. */

/** Different wrong tokens of one address, and of all together, within the window. */
const MAX_WRONG = 10;
const MAX_WRONG_OF_ALL = 200;
const WINDOW_MS = 15 * 60_000;

export type Attempts = {
  /** ms until this address may try again; null = it may try now. */
  readonly waitMs: (address: string, nowMs: number) => number | null;
  /** A wrong token. The same one again counts once. Whose last one it was: of this address, or of all together. */
  readonly fail: (address: string, typed: string, nowMs: number) => "address" | "all" | null;
};

type Wrong = { readonly address: string; readonly typed: string; readonly at: number };

/** Attempts at one server. */
export function createAttempts(): Attempts {
  let wrong: readonly Wrong[] = [];
  const recent = (nowMs: number) => (wrong = wrong.filter(({ at }) => at > nowMs - WINDOW_MS));
  const of = (address: string) => wrong.filter((one) => one.address === address);
  return {
    waitMs(address, nowMs) {
      const all = recent(nowMs);
      const own = of(address);
      const oldest = own.length >= MAX_WRONG ? own[0] : all.length >= MAX_WRONG_OF_ALL ? all[0] : undefined;
      return oldest === undefined ? null : oldest.at + WINDOW_MS - nowMs;
    },
    fail(address, typed, nowMs) {
      recent(nowMs);
      const own = of(address);
      if (own.some((one) => one.typed === typed)) return null;
      wrong = [...wrong, { address, typed, at: nowMs }];
      if (wrong.length === MAX_WRONG_OF_ALL) return "all";
      return own.length + 1 === MAX_WRONG ? "address" : null;
    },
  };
}
