/** Time that decoration (colours, formulas) may take of one frame, in ms; the rest belongs to the text itself. */
const BUDGET_MS = 3;

const jobs: (() => void)[] = [];
let isScheduled = false;

/** Runs `job` in a coming frame, after those that came before it, as the frames' time for decoration allows. */
export function whenIdleInFrame(job: () => void): void {
  jobs.push(job);
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(run);
}

function run(): void {
  isScheduled = false;
  const end = performance.now() + BUDGET_MS;
  let done = 0;
  while (done < jobs.length && performance.now() < end) {
    jobs[done]?.();
    done += 1;
  }
  jobs.splice(0, done);
  if (jobs.length > 0) schedule();
}
