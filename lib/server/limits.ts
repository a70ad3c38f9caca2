import "server-only";
import { shared } from "./shared";

export const MAX_CONCURRENT = 8;
export const MAX_STARTS_PER_MINUTE = 120;
const MINUTE_MS = 60_000;

type Admission =
  /** `release` must be called once the request is over; further calls do nothing. */
  | { readonly ok: true; readonly release: () => void }
  | { readonly ok: false; readonly waitMs: number; readonly message: string };

export type Limiter = { readonly admit: (nowMs: number) => Admission };

/** The server's own cap on model calls, against runaway tabs and loops. The caller brings the clock. */
export function createLimiter(): Limiter {
  let running = 0;
  let starts: readonly number[] = [];
  return {
    admit(nowMs) {
      starts = starts.filter((start) => start > nowMs - MINUTE_MS);
      if (running >= MAX_CONCURRENT) {
        return { ok: false, waitMs: 1000, message: `${MAX_CONCURRENT} answers are already running.` };
      }
      const [oldest] = starts;
      if (oldest !== undefined && starts.length >= MAX_STARTS_PER_MINUTE) {
        const waitMs = oldest + MINUTE_MS - nowMs;
        const message = `${MAX_STARTS_PER_MINUTE} answers were started within a minute.`;
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
  return shared("limiter", createLimiter);
}
