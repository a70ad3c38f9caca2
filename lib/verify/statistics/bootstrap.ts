/** Intervals of groups of prompts: whole prompts are drawn again, because trials of one prompt are not independent. Pure. */
import type { Count, Difference, Interval } from "./counts";
import { openRandom } from "./random";

/** How often a group is drawn again. */
const DRAWS = 2_000;
/** Any number: the same one every time, so that a run reads the same wherever it is opened. */
const SEED = 20_261_130;

/** A prompt's counts in two columns. */
export type Pair = { readonly reference: Count; readonly other: Count };

/** The mean of the prompts' rates with its interval; null where no prompt was measured. Every prompt counts the same. */
export function groupRate(prompts: readonly Count[]): (Interval & { readonly rate: number }) | null {
  const rates = prompts.flatMap((count) => rateOf(count) ?? []);
  const interval = bootstrapMean(rates);
  return interval === null ? null : { rate: mean(rates), ...interval };
}

/** The mean difference of prompts that were measured in both columns; null where there are none. */
export function pairedDifference(pairs: readonly Pair[]): (Difference & { readonly prompts: number }) | null {
  const differences = pairs.flatMap(({ reference, other }) => {
    const [before, after] = [rateOf(reference), rateOf(other)];
    return before === null || after === null ? [] : [after - before];
  });
  const interval = bootstrapMean(differences);
  return interval === null
    ? null
    : { difference: mean(differences), ...interval, prompts: differences.length };
}

/** The middle 95 % of the means of values drawn again; null without values. */
function bootstrapMean(values: readonly number[]): Interval | null {
  if (values.length === 0) return null;
  const { length } = values;
  const places = placesOf(length);
  const means = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    let sum = 0;
    for (let nth = draw * length; nth < (draw + 1) * length; nth += 1) sum += values[places[nth] ?? 0] ?? 0;
    means[draw] = sum / length;
  }
  means.sort();
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Values up to which their draws are kept: a matrix draws for its groups again and again while it fills. */
const KEPT_VALUES = 64;
const kept = new Map<number, Uint32Array>();

/** The places of all draws from this many values, one draw after the other. */
function placesOf(count: number): Uint32Array {
  const known = kept.get(count);
  if (known !== undefined) return known;
  const random = openRandom(SEED);
  const places = Uint32Array.from({ length: DRAWS * count }, () => Math.floor(random() * count));
  if (count <= KEPT_VALUES) kept.set(count, places);
  return places;
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

function rateOf({ passes, of }: Count): number | null {
  return of === 0 ? null : passes / of;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
