import { type KeyWatch, LONGEST_KEY_WAIT_MS } from "./key-watch";

/**
 * Calls back once, in the first frame at or after `notBefore` (ms on the page's clock). If called again before that,
 * the earliest `notBefore` and the latest `draw` win.
 */
export type FrameClock = {
  readonly request: (draw: (frame: FrameReport) => void, notBefore: number) => void;
};

export type FrameReport = {
  /** Now, in ms on the page's clock. */
  readonly at: number;
  /**
   * ms of the page's main thread that the last frame took, from its call to what followed its painting. Reported
   * once; null = unknown.
   */
  readonly lastMs: number | null;
  /** Everything is to be drawn: the page is hidden, or was until now. */
  readonly isWhole: boolean;
  /** A key was just pressed, so this frame is reserved for its effect. */
  readonly isKey: boolean;
};

/** A frame that draws all there is. */
export const WHOLE_FRAME: FrameReport = { at: 0, lastMs: null, isWhole: true, isKey: false };

/** A hidden page gets no frames, so a timer replaces them and the page is up to date when it becomes visible. */
const HIDDEN_EVERY_MS = 250;

/** The page's own frames, with a timer in their place while it is hidden. Touches nothing before the first request. */
export function createFrameClock(keys: KeyWatch): FrameClock {
  let pending: ((frame: FrameReport) => void) | null = null;
  let dueAt = 0;
  let frame: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isWhole = false;
  let drawnAt = 0;
  let lastMs: number | null = null;
  let startedAt = 0;
  let after: MessagePort | null = null;

  const cancel = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    frame = timer = null;
  };

  const run = (whole: boolean) => {
    const draw = pending;
    pending = frame = timer = null;
    const now = performance.now();
    const isKey = !whole && keys.isKey() && now - drawnAt < LONGEST_KEY_WAIT_MS;
    if (!isKey) drawnAt = now;
    const report = { at: now, lastMs, isWhole: whole, isKey };
    lastMs = null;
    isWhole = false;
    draw?.(report);
  };

  const runInFrame = () => {
    startedAt = performance.now();
    // A message that is sent in a frame's call arrives once that frame has been laid out and painted.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin to name
    after?.postMessage(null);
    run(isWhole);
  };

  const ask = () => {
    timer = null;
    frame = requestAnimationFrame(runInFrame);
  };

  const schedule = () => {
    cancel();
    const waitMs = dueAt - performance.now();
    if (document.hidden) timer = setTimeout(() => run(true), HIDDEN_EVERY_MS);
    else if (waitMs > 0) timer = setTimeout(ask, waitMs);
    else ask();
  };

  const watch = () => {
    if (after !== null) return;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => (lastMs = performance.now() - startedAt));
    port1.start();
    after = port2;
    document.addEventListener("visibilitychange", () => {
      if (!pending) return;
      isWhole = true;
      dueAt = 0;
      schedule();
    });
  };

  return {
    request: (draw, notBefore) => {
      watch();
      const isSooner = pending === null || notBefore < dueAt;
      pending = draw;
      if (!isSooner) return;
      dueAt = notBefore;
      // Anything that already has a frame does not get another.
      if (frame === null) schedule();
    },
  };
}
