import { environment } from "@/lib/server/environment";
import { shared } from "@/lib/server/shared";

/** Starts a minute for each answer that may run at once. */
const STARTS_PER_ANSWER = 15;
const MINUTE_MS = 60_000;

type Admission =
  /** `release` must be called once the request is over; further calls do nothing. */
  | { readonly ok: true; readonly release: () => void }
  | { readonly ok: false; readonly waitMs: number; readonly message: string };

export type Limiter = { readonly admit: (nowMs: number) => Admission };

/**
 * The server's own cap on model calls, against runaway tabs and loops: a number of answers at once, and 15 times as
 * many started within a minute. The caller brings the clock.
 */
export function createLimiter(maxAnswers: number): Limiter {
  const maxStarts = STARTS_PER_ANSWER * maxAnswers;
  let running = 0;
  let starts: readonly number[] = [];
  return {
    admit(nowMs) {
      starts = starts.filter((start) => start > nowMs - MINUTE_MS);
      if (running >= maxAnswers) {
        return { ok: false, waitMs: 1000, message: `${maxAnswers} answers are already running.` };
      }
      const [oldest] = starts;
      if (oldest !== undefined && starts.length >= maxStarts) {
        const waitMs = oldest + MINUTE_MS - nowMs;
        const message = `${maxStarts} answers were started within a minute.`;
        return { ok: false, waitMs, message };
      }
      running += 1;
      starts = [...starts, nowMs];
      let held = true;
      const release = () => {
        if (held) running -= 1;
        held = false;
      };
      return { ok: true, release };
    },
  };
}

/** The limiter of this process. */
export function limiter(): Limiter {
  return shared("limiter", () => createLimiter(environment().maxAnswers));
}
