/** Durations as Go writes them: "1.968063083s", "1m2.5s", "350ms". */

const UNIT_US: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  h: 3600e6,
};

const WHOLE = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h))+$/u;
const PIECE = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h)/gu;

/** µs of a duration in text, or of whole nanoseconds; null for what is neither, and for what is below 0. */
export function readDuration(value: string | number | null | undefined): number | null {
  if (typeof value === "number")
    return value >= 0 && Number.isFinite(value) ? Math.round(value / 1000) : null;
  if (value === undefined || value === null || value.length > 64 || !WHOLE.test(value)) return null;
  const us = [...value.matchAll(PIECE)].reduce(
    (sum, [, amount = "", unit = ""]) => sum + Number(amount) * (UNIT_US[unit] ?? 0),
    0,
  );
  return Math.round(us);
}

/** µs as Go reads them. */
export function writeDuration(us: number): string {
  return `${String(us / 1e6)}s`;
}
