import { middleOf, type Row } from "./row";

/** Measures the same rows several times, one run after the other, and gives the middle of each. */
export async function repeat(runs: number, measure: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const all: (readonly Row[])[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure());
  return middleOf(all);
}
