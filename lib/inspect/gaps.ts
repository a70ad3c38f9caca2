/** The times between the pieces of an answer as they arrived here. Pure. */
import type { Frame } from "./frame";

/** Nothing arrived between these two times, in ms since the turn began. */
export type Stall = { readonly from: number; readonly to: number };

/** One bar of a histogram: gaps of at least `from` and less than `to` ms. */
export type GapBar = { readonly from: number; readonly to: number; readonly count: number };

export type Gaps = {
  /** How many gaps there are: one less than the pieces. */
  readonly count: number;
  /** Gaps of 0 ms, whose two pieces came in one read. */
  readonly together: number;
  /** ms; half of the gaps are at most this long. */
  readonly p50: number;
  /** ms; 95 of 100 gaps are at most this long. */
  readonly p95: number;
  /** ms */
  readonly max: number;
  readonly bars: readonly GapBar[];
  readonly stalls: readonly Stall[];
  /** ms from which on a gap is a stall. */
  readonly stallFrom: number;
};

/** A stall is a gap of at least this many ms … */
export const LEAST_STALL_MS = 500;
/** … and of at least this many times the usual gap. */
export const STALL_TIMES = 10;

const EDGES = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, Number.POSITIVE_INFINITY];

/** The gaps between frames that brought words; null where there are fewer than two such frames. */
export function measureGaps(frames: readonly Pick<Frame, "at" | "words">[]): Gaps | null {
  const times = frames.filter(({ words }) => words.length > 0).map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => Math.max(0, at - (times[index] ?? at)));
  if (gaps.length === 0) return null;
  const sorted = Float64Array.from(gaps).toSorted();
  const p50 = percentile(sorted, 0.5);
  const stallFrom = Math.max(LEAST_STALL_MS, STALL_TIMES * p50);
  return {
    count: gaps.length,
    together: gaps.filter((gap) => gap === 0).length,
    p50,
    p95: percentile(sorted, 0.95),
    max: sorted.at(-1) ?? 0,
    bars: barsOf(gaps),
    stalls: times
      .slice(1)
      .map((to, index) => ({ from: times[index] ?? to, to }))
      .filter(({ from, to }) => to - from >= stallFrom),
    stallFrom,
  };
}

/** The smallest value that this share of the sorted values does not exceed. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** From the first bar that holds a gap to the last. */
function barsOf(gaps: readonly number[]): readonly GapBar[] {
  const bars = EDGES.slice(1).map((to, index) => ({ from: EDGES[index] ?? 0, to, count: 0 }));
  for (const gap of gaps) {
    const bar = bars.find(({ to }) => gap < to);
    if (bar !== undefined) bar.count += 1;
  }
  const first = bars.findIndex(({ count }) => count > 0);
  const last = bars.findLastIndex(({ count }) => count > 0);
  return bars.slice(first, last + 1);
}
