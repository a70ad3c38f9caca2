/** A frame that comes later than this (ms) after the one before, one and a half frames at 60 Hz, was held up by work. */
const LATE_AFTER_MS = 25;
/** Some screens, and browsers that save power, show no more than 30 frames a second, but evenly: one and a half of those. */
const SLOW_AFTER_MS = 50;
/** How much longer than the shortest one a frame may be where they come evenly. */
const EVEN = 1.5;
/** Frames in a row that must have come in time. */
const IN_TIME = 12;
/** The longest wait, in ms. */
const LONGEST_WAIT_MS = 5_000;

const jobs: (() => void)[] = [];
/** ms between the newest frames. */
let gaps: number[] = [];
let lastAt = 0;
let askedAt = 0;

/**
 * Runs `job` once frames come in time again: for work that takes the machine from the text itself and that nobody
 * misses while a flood of it goes by; after five seconds in any case. A hidden page has no frames, and its jobs wait.
 */
export function whenKeepingUp(job: () => void): void {
  jobs.push(job);
  if (jobs.length > 1) return;
  gaps = [];
  askedAt = performance.now();
  requestAnimationFrame((at) => {
    lastAt = at;
    requestAnimationFrame(watch);
  });
}

function watch(at: number): void {
  gaps = [...gaps, at - lastAt].slice(-IN_TIME);
  lastAt = at;
  const isKeepingUp = gaps.length === IN_TIME && areInTime();
  if (!isKeepingUp && at - askedAt < LONGEST_WAIT_MS) requestAnimationFrame(watch);
  else for (const job of jobs.splice(0)) job();
}

function areInTime(): boolean {
  const longest = Math.max(...gaps);
  return longest <= LATE_AFTER_MS || (longest <= SLOW_AFTER_MS && longest <= EVEN * Math.min(...gaps));
}
