/** Lines of the card, and the counts that they are made from. Pure. */
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { VerifyCase } from "@/lib/verify/case";
import { groupRate } from "@/lib/verify/statistics/bootstrap";
import { type Count, type Interval, wilson } from "@/lib/verify/statistics/counts";
import type { Trial } from "@/lib/verify/trial";

/** A line of a fact. */
export type CardLine = {
  readonly label: string;
  /** "83 %, 5 of 6", or what is known in words; "–" = not measured. */
  readonly value: string;
  /** What a bar shows; null where the line is no rate. */
  readonly rate: (Interval & { readonly rate: number }) | null;
};

/** Shares of one whole, in the order of the lines that they belong to; together 1. */
export type CardSplit = readonly number[];

/** One of the fourteen. */
export type CardFact = {
  readonly title: string;
  readonly lines: readonly CardLine[];
  /** One bar that the lines share, a piece for each of them; null where they have none. */
  readonly split: CardSplit | null;
  /** What the lines mean, or why there are none; null = they speak for themselves. */
  readonly note: string | null;
};

/** A case and its trials in the lane of the card. */
export type Tried = { readonly of: VerifyCase; readonly trials: readonly Trial[] };

/** "argument 5, text 2", the most frequent first; "" where there are none. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([word, count]) => `${word} ${count}`)
    .join(", ");
}

/** A line in words alone. */
export function line(label: string, value: string): CardLine {
  return { label, value, rate: null };
}

/** The mean of the cases' rates, each case counting the same. */
export function groupLine(label: string, cases: readonly Tried[]): CardLine {
  const counts = cases.map(({ trials }) => countOf(trials)).filter(({ of }) => of > 0);
  const rate = groupRate(counts);
  if (rate === null) return line(label, "–");
  return { label, value: `${Math.round(rate.rate * 100)} % of ${formatPlural(counts.length, "case")}`, rate };
}

/** One count with Wilson's interval. */
export function countLine(label: string, count: Count): CardLine {
  const interval = wilson(count);
  if (interval === null) return line(label, "–");
  return {
    label,
    value: `${count.passes} of ${count.of}`,
    rate: { rate: count.passes / count.of, ...interval },
  };
}

/** How many of what was measured passed. */
export function countOf(trials: readonly Trial[]): Count {
  const measured = trials.filter(isMeasured);
  return { passes: measured.length - measured.filter(isFailed).length, of: measured.length };
}

/** Whether it passed or failed. */
export function isMeasured({ verdict }: Trial): boolean {
  return verdict.verdict === "pass" || verdict.verdict === "fail";
}

/** Whether it failed. */
export function isFailed({ verdict }: Trial): boolean {
  return verdict.verdict === "fail";
}

/** The middle value; null where one is unknown or there are none. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (known.length === 0 || known.length < values.length) return null;
  const middle = (known.length - 1) / 2;
  return ((known[Math.floor(middle)] ?? 0) + (known[Math.ceil(middle)] ?? 0)) / 2;
}

/** All of them, what is unknown as 0. */
export function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
