import type { Figure } from "./figure";

type Best = {
  /** What is better. */
  readonly wins: "highest" | "lowest";
  /** How the value is shown: values that look the same are as good. */
  readonly write: (value: number) => string;
};

/**
 * Index of the one best figure; null where none can be called that: fewer than two are known, two look the same as
 * written, or they were not all determined in the same way. Pure.
 */
export function bestOf(figures: readonly Figure[], { wins, write }: Best): number | null {
  const known = figures.flatMap(({ value, source }, index) =>
    value === null ? [] : [{ value, source, index }],
  );
  const sorted = known.toSorted((a, b) => (wins === "highest" ? b.value - a.value : a.value - b.value));
  const [best, next] = sorted;
  if (best === undefined || next === undefined || write(best.value) === write(next.value)) return null;
  return known.every(({ source }) => source === best.source) ? best.index : null;
}
