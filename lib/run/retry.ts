import type { RunError } from "@/lib/stream/turn/event";

/** Times a request is sent again by itself. */
export const MAX_RETRIES = 2;

/** A server that asks for more patience than this (ms) is not waited for silently: the person decides. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_BACKOFF_MS = 800;

/**
 * How long to wait (ms) before the request is sent again, or null when it must not be. `attempt` counts from
 * 1. Only for failures before the answer began. `random` is in [0, 1).
 */
export function retryDelay(error: RunError, attempt: number, random: number): number | null {
  if (!error.retryable || attempt > MAX_RETRIES) return null;
  const asked = error.retryAfterMs;
  if (asked !== undefined && Number.isFinite(asked) && asked >= 0) {
    return asked <= LONGEST_WAIT_MS ? Math.ceil(asked) : null;
  }
  const backoff = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  return Math.round(backoff * (0.5 + random / 2));
}
