/** How long a tool may be silent. A person who is asked may take any time. */
export type Patience = {
  /** Aborts when the caller does, and when the tool was silent for too long. */
  readonly signal: AbortSignal;
  /** The limit, for people. */
  readonly words: string;
  readonly renew: () => void;
  /** Holds the clock while a question is open. */
  readonly pause: (isOpen: boolean) => void;
  readonly end: () => void;
};

const SILENCE_MS = 5 * 60_000;

/** Begins to wait. */
export function createPatience(outer: AbortSignal): Patience {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let open = 0;
  const renew = () => {
    clearTimeout(timer);
    if (open === 0) timer = setTimeout(() => limit.abort(), SILENCE_MS);
  };
  renew();
  return {
    signal: AbortSignal.any([outer, limit.signal]),
    words: "5 minutes",
    renew,
    pause: (isOpen) => {
      open += isOpen ? 1 : -1;
      renew();
    },
    end: () => clearTimeout(timer),
  };
}
