/** Calls back once before the next frame is drawn. `late` says that the page does not keep up. */
export type FrameClock = { readonly request: (draw: (late: boolean) => void) => void };

/** A frame that comes later than this (ms) after it was asked for, one and a half frames at 60 Hz, was held up by work. */
const LATE_AFTER_MS = 25;

/** Frames of a hidden page never come, so a timer takes their place: the page is right the moment it is seen again. */
const HIDDEN_EVERY_MS = 250;

/** The page's own frames, with a timer in their place while it is hidden. Touches nothing before the first request. */
export function createFrameClock(): FrameClock {
  let pending: ((late: boolean) => void) | null = null;
  let frame: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let requestedAt = 0;
  let watching = false;

  const cancel = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    frame = timer = null;
  };

  const run = (at: number | null) => {
    const draw = pending;
    pending = frame = timer = null;
    draw?.(at !== null && at - requestedAt > LATE_AFTER_MS);
  };

  const schedule = () => {
    cancel();
    if (document.hidden) timer = setTimeout(() => run(null), HIDDEN_EVERY_MS);
    else frame = requestAnimationFrame(run);
  };

  const watch = () => {
    if (watching) return;
    watching = true;
    document.addEventListener("visibilitychange", () => {
      if (!pending) return;
      // Nothing held this frame up: all that waited while the page was hidden is drawn in it.
      requestedAt = performance.now();
      schedule();
    });
  };

  return {
    request: (draw) => {
      watch();
      const idle = pending === null;
      pending = draw;
      if (!idle) return;
      requestedAt = performance.now();
      schedule();
    },
  };
}
