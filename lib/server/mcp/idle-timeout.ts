/** How long a tool may be silent. A person who is asked may take any time. */
export type IdleTimeout = {
  /** Aborts when the caller does, and when the tool was silent for too long. */
  readonly signal: AbortSignal;
  /** The limit, for people. */
  readonly limit: string;
  readonly restart: () => void;
  /** Holds the clock while a question is open. */
  readonly pause: (isOpen: boolean) => void;
  readonly end: () => void;
};

const SILENCE_MS = 5 * 60_000;

/** Starts the clock. */
export function startIdleTimeout(outer: AbortSignal): IdleTimeout {
  const expired = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let open = 0;
  const restart = () => {
    clearTimeout(timer);
    if (open === 0) timer = setTimeout(() => expired.abort(), SILENCE_MS);
  };
  restart();
  return {
    signal: AbortSignal.any([outer, expired.signal]),
    limit: "5 minutes",
    restart,
    pause: (isOpen) => {
      open += isOpen ? 1 : -1;
      restart();
    },
    end: () => clearTimeout(timer),
  };
}
