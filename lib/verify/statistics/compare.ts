/** Whether a column is better or worse than the reference, in words. Pure. */
import { type Pair, pairedDifference } from "./bootstrap";
import { type Count, type Difference, newcombe } from "./counts";

/** Trials per side, or prompts of a group, below which nothing is said. */
export const LEAST_PER_SIDE = 5;

export type Comparison =
  | { readonly word: "better" | "worse"; readonly difference: Difference }
  /** "few": fewer than five on a side. "unclear": the interval holds 0, so this many trials show no difference. */
  | {
      readonly word: "not enough";
      readonly why: "few" | "unclear";
      readonly difference: Difference | null;
    };

/** One case against the same case of the reference, by Newcombe. */
export function compareCase({ reference, other }: Pair): Comparison {
  const difference = newcombe(reference, other);
  return inWords(difference, Math.min(reference.of, other.of));
}

/** Several cases against the same cases of the reference, prompt by prompt. A single prompt is compared by its trials. */
export function compareCases(pairs: readonly Pair[]): Comparison {
  const [only, ...more] = pairs;
  if (only !== undefined && more.length === 0) return compareCase(only);
  const difference = pairedDifference(pairs);
  return inWords(difference, difference?.prompts ?? 0);
}

function inWords(difference: Difference | null, perSide: number): Comparison {
  if (difference === null || perSide < LEAST_PER_SIDE) return { word: "not enough", why: "few", difference };
  if (difference.low > 0) return { word: "better", difference };
  if (difference.high < 0) return { word: "worse", difference };
  return { word: "not enough", why: "unclear", difference };
}

/**
 * What `trials` per case and side can show: a case that always passed counts as worse once it passes at most this
 * often. null where even a case that never passes again would not be called worse.
 */
export function mostPassesThatAreWorse(trials: number): number | null {
  const reference: Count = { passes: trials, of: trials };
  for (let passes = trials - 1; passes >= 0; passes -= 1) {
    if (compareCase({ reference, other: { passes, of: trials } }).word === "worse") return passes;
  }
  return null;
}
