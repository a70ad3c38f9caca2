/** What changed from one run to another: the same case, mode and effort in a lane of the same name. Pure. */
import { compareCase, type Comparison } from "@/lib/verify/statistics/compare";
import type { Count } from "@/lib/verify/statistics/counts";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { columnWords, type Matrix, matrixOf, type MatrixRow } from "./matrix";

/**
 * "regressed" and "fixed": fewer or more of its trials passed. "new" and "gone": measured in one of the two runs only.
 * Cells whose rate is the same are none of these.
 */
export type ChangeKind = "regressed" | "fixed" | "new" | "gone";

export type RunChange = {
  readonly kind: ChangeKind;
  readonly row: MatrixRow;
  /** The lane and its effort in words. */
  readonly lane: string;
  readonly before: Count | null;
  readonly after: Count | null;
  /** Whether so many trials show the difference; null for what is new or gone. */
  readonly comparison: Comparison | null;
};

/** The changes, regressions first, and of each kind those that are sure; otherwise in the order of the suite. `same`: cells that were measured in both and have one rate. */
export function compareRuns(
  before: VerifyRun,
  after: VerifyRun,
): { readonly changes: readonly RunChange[]; readonly same: number } {
  const [old, current] = [measuredCells(matrixOf(before)), measuredCells(matrixOf(after))];
  const changes: RunChange[] = [];
  let same = 0;
  for (const [key, { row, lane, count }] of current) {
    const earlier = old.get(key)?.count ?? null;
    if (earlier === null) {
      changes.push({ kind: "new", row, lane, before: null, after: count, comparison: null });
      continue;
    }
    const difference = count.passes / count.of - earlier.passes / earlier.of;
    if (difference === 0) {
      same += 1;
      continue;
    }
    const comparison = compareCase({ reference: earlier, other: count });
    const kind = difference < 0 ? "regressed" : "fixed";
    changes.push({ kind, row, lane, before: earlier, after: count, comparison });
  }
  for (const [key, { row, lane, count }] of old) {
    if (!current.has(key))
      changes.push({ kind: "gone", row, lane, before: count, after: null, comparison: null });
  }
  const order: readonly ChangeKind[] = ["regressed", "fixed", "new", "gone"];
  return {
    changes: changes.toSorted(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || Number(isSure(b)) - Number(isSure(a)),
    ),
    same,
  };
}

function isSure({ comparison }: RunChange): boolean {
  return comparison !== null && comparison.word !== "not enough";
}

type Measured = { readonly row: MatrixRow; readonly lane: string; readonly count: Count };

function measuredCells({ columns, groups, cell }: Matrix): ReadonlyMap<string, Measured> {
  const found = new Map<string, Measured>();
  for (const row of groups.flatMap(({ rows }) => rows)) {
    for (const column of columns) {
      const { passes, measured } = cell(row, column);
      const lane = columnWords(row.isPerEffort ? column : { label: column.label, effort: null });
      if (measured > 0) found.set(`${row.key} ${lane}`, { row, lane, count: { passes, of: measured } });
    }
  }
  return found;
}
