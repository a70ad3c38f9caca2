/** A frame that comes later than this (ms) after the one before, one and a half frames at 60 Hz, was held up by work. */
const LATE_AFTER_MS = 25;
/** Frames in a row that must have come in time. */
const IN_TIME = 12;
/** The longest wait, in ms: some screens, and browsers that save power, have no more than 30 frames a second. */
const LONGEST_WAIT_MS = 2_000;

const jobs: (() => void)[] = [];
let inTime = 0;
let lastAt = 0;
let askedAt = 0;

/**
 * Runs `job` once frames come in time again: for work that takes the machine from the text itself and that nobody
 * misses while a flood of it goes by; after two seconds in any case. A hidden page has no frames, and its jobs wait.
 */
export function whenKeepingUp(job: () => void): void {
  jobs.push(job);
  if (jobs.length > 1) return;
  inTime = 0;
  askedAt = lastAt = performance.now();
  requestAnimationFrame(watch);
}

function watch(at: number): void {
  inTime = at - lastAt > LATE_AFTER_MS ? 0 : inTime + 1;
  lastAt = at;
  if (inTime < IN_TIME && at - askedAt < LONGEST_WAIT_MS) requestAnimationFrame(watch);
  else for (const job of jobs.splice(0)) job();
}
