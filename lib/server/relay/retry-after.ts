const MAX_MS = 24 * 3600 * 1000;

/** How long an upstream asks to wait, in ms; undefined for no wish, a past date or nonsense. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = wait(headers.get("retry-after-ms"), 1);
  if (exact !== undefined) return exact;
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^[\d.+-]/.test(value)) return wait(value, 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : bounded(date - nowMs);
}

function wait(value: string | null, unitMs: number): number | undefined {
  const number = value === null || value.trim() === "" ? Number.NaN : Number(value);
  return bounded(number * unitMs);
}

function bounded(ms: number): number | undefined {
  return Number.isFinite(ms) && ms >= 0 && ms <= MAX_MS ? Math.ceil(ms) : undefined;
}
