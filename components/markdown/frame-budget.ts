/** Time that decoration (colors, formulas) may take of one frame, in ms; the rest belongs to the text itself. */
const BUDGET_MS = 3;
/** What it may take of a frame that came late: the page does not keep up as it is. */
const LATE_BUDGET_MS = 1;
/** One and a half frames at 60 Hz. */
const LATE_AFTER_MS = 25;

const jobs: (() => void)[] = [];
let isScheduled = false;
let scheduledAt = 0;

/** Runs `job` in a coming frame, after those that came before it, as the frames' time for decoration allows. */
export function whenIdleInFrame(job: () => void): void {
  jobs.push(job);
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  scheduledAt = performance.now();
  requestAnimationFrame(run);
}

function run(): void {
  isScheduled = false;
  const now = performance.now();
  const end = now + (now - scheduledAt > LATE_AFTER_MS ? LATE_BUDGET_MS : BUDGET_MS);
  let done = 0;
  while (done < jobs.length && performance.now() < end) {
    jobs[done]?.();
    done += 1;
  }
  jobs.splice(0, done);
  if (jobs.length > 0) schedule();
}
