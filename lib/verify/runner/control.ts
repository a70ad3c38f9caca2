/** Pause, go on and stop of a run, for whoever shows it. */
export type RunControl = {
  /** Aborts with Stop: trials that run then have no verdict. */
  readonly signal: AbortSignal;
  /** Trials that run end; no other begins until `goOn`. */
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly stop: () => void;
  readonly isPaused: () => boolean;
  /** Resolves when a trial may begin, or when the run was stopped. */
  readonly mayBegin: () => Promise<void>;
};

/** A control that lets everything run. */
export function openControl(): RunControl {
  const stopped = new AbortController();
  let waiting: (() => void)[] = [];
  let isPaused = false;
  const release = () => {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  };
  const mayBegin = (): Promise<void> =>
    isPaused && !stopped.signal.aborted
      ? new Promise<void>((resolve) => void waiting.push(resolve)).then(mayBegin)
      : Promise.resolve();
  stopped.signal.addEventListener("abort", release, { once: true });
  return {
    signal: stopped.signal,
    pause: () => {
      isPaused = true;
    },
    goOn: () => {
      isPaused = false;
      release();
    },
    stop: () => stopped.abort(),
    isPaused: () => isPaused,
    mayBegin,
  };
}
