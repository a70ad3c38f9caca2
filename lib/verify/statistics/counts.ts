/** Counts of passes and what they say of a rate: intervals, differences, "every time". Pure. */

/** `passes` of `of` measured trials. */
export type Count = { readonly passes: number; readonly of: number };

/** 95 % unless said otherwise; both ends included. */
export type Interval = { readonly low: number; readonly high: number };

/** The rate of the second minus that of the first. */
export type Difference = Interval & { readonly difference: number };

/** The normal distribution's quantile for 95 % on two sides. */
const Z = 1.959963984540054;

/** Wilson's interval for a rate; null without a trial. */
export function wilson({ passes, of }: Count): Interval | null {
  if (of === 0) return null;
  const rate = passes / of;
  const z2 = Z * Z;
  const middle = (rate + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((rate * (1 - rate)) / of + z2 / (4 * of * of));
  return {
    low: passes === 0 ? 0 : Math.max(0, middle - half),
    high: passes === of ? 1 : Math.min(1, middle + half),
  };
}

/** How far the rate of `other` is from that of `reference`, by Newcombe's method of two Wilson intervals; null where one has no trial. */
export function newcombe(reference: Count, other: Count): Difference | null {
  const [first, second] = [wilson(reference), wilson(other)];
  if (first === null || second === null) return null;
  const [before, after] = [reference.passes / reference.of, other.passes / other.of];
  const difference = after - before;
  return {
    difference,
    low: difference - Math.hypot(after - second.low, first.high - before),
    high: difference + Math.hypot(second.high - after, before - first.low),
  };
}

/** The chance that `k` trials, drawn without putting one back, all pass: pass^k. null where fewer than `k` were measured. */
export function passEvery({ passes, of }: Count, k: number): number | null {
  if (k < 1 || of < k) return null;
  let chance = 1;
  for (let drawn = 0; drawn < k; drawn += 1) chance *= Math.max(0, passes - drawn) / (of - drawn);
  return chance;
}
