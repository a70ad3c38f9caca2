/** A frame that comes later than this (ms) after the one before, one and a half frames at 60 Hz, was held up by work. */
const LATE_AFTER_MS = 25;
/** Some screens, and browsers that save power, show no more than 30 frames a second, but evenly: one and a half of those. */
const SLOW_AFTER_MS = 50;
/** How much longer than the shortest one a frame may be where they come evenly. */
const EVEN = 1.5;
/** Frames in a row that must have come in time. */
const IN_TIME = 12;
/** Frames that must come in time after one piece of work, so that the next does not come on top of it. */
const BETWEEN = 3;
/** The longest wait, in ms. */
const LONGEST_WAIT_MS = 5_000;

type Job = { readonly run: () => void; readonly askedAt: number };

const jobs: Job[] = [];
/** ms between the newest frames. */
let gaps: number[] = [];
let lastAt = 0;
let isWatching = false;

/**
 * Runs `run` once frames are on time again, or after five seconds in any case, one piece of work at a time. For
 * low-priority work that should not compete with streaming text. A hidden page has no frames, and its work waits.
 */
export function whenKeepingUp(run: () => void): void {
  jobs.push({ run, askedAt: performance.now() });
  if (isWatching) return;
  isWatching = true;
  gaps = [];
  requestAnimationFrame((at) => {
    lastAt = at;
    requestAnimationFrame(watch);
  });
}

function watch(at: number): void {
  gaps = [...gaps, at - lastAt].slice(-IN_TIME);
  lastAt = at;
  if (gaps.length === IN_TIME && areInTime()) {
    jobs.shift()?.run();
    gaps = gaps.slice(BETWEEN);
  }
  while (jobs[0] !== undefined && at - jobs[0].askedAt >= LONGEST_WAIT_MS) jobs.shift()?.run();
  isWatching = jobs.length > 0;
  if (isWatching) requestAnimationFrame(watch);
}

function areInTime(): boolean {
  const longest = Math.max(...gaps);
  return longest <= LATE_AFTER_MS || (longest <= SLOW_AFTER_MS && longest <= EVEN * Math.min(...gaps));
}
