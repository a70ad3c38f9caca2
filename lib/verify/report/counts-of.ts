/** Trials of a run as counts: by cell, by case, by lane. Pure. */
import { cellOf, type MatrixCell } from "@/lib/verify/matrix/matrix";
import type { Pair } from "@/lib/verify/statistics/bootstrap";
import type { Count } from "@/lib/verify/statistics/counts";
import type { Trial, TrialKey } from "@/lib/verify/trial";

/** What a cell of one lane is known by in every lane. */
export type CellName = Pick<TrialKey, "caseId" | "mode"> & Partial<Pick<TrialKey, "effort">>;

/** "S1 stream low" */
export function cellName({ caseId, mode, effort = null }: CellName): string {
  return [caseId, mode, ...(effort === null ? [] : [effort])].join(" ");
}

/** The cells of a lane, by their name. */
export function cellsOfLane(trials: readonly Trial[], lane: number): ReadonlyMap<string, MatrixCell> {
  return new Map([...grouped(trials, lane, cellName)].map(([name, own]) => [name, cellOf(own)]));
}

/** Passes of each case of a lane, over its modes, levels and repetitions: the prompt is what is drawn again. */
export function caseCounts(trials: readonly Trial[], lane: number): ReadonlyMap<string, Count> {
  return new Map(
    [...grouped(trials, lane, ({ caseId }) => caseId)].map(([id, own]) => [id, countOf(cellOf(own))]),
  );
}

/** Cases that both sides were asked, in the cells that both have. */
export function casePairs(
  reference: ReadonlyMap<string, MatrixCell>,
  other: ReadonlyMap<string, MatrixCell>,
): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const [name, cell] of other) {
    const before = reference.get(name);
    if (before === undefined || before.measured === 0 || cell.measured === 0) continue;
    const [caseId = name] = name.split(" ");
    const pair = pairs.get(caseId) ?? { reference: NONE, other: NONE };
    pairs.set(caseId, { reference: sum(pair.reference, before), other: sum(pair.other, cell) });
  }
  return [...pairs.values()];
}

/** Passes of what was measured. */
export function countOf({ passes, measured }: Pick<MatrixCell, "passes" | "measured">): Count {
  return { passes, of: measured };
}

const NONE: Count = { passes: 0, of: 0 };

function sum({ passes, of }: Count, cell: MatrixCell): Count {
  return { passes: passes + cell.passes, of: of + cell.measured };
}

function grouped(
  trials: readonly Trial[],
  lane: number,
  nameOf: (key: TrialKey) => string,
): ReadonlyMap<string, readonly Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    if (trial.key.lane !== lane) continue;
    const name = nameOf(trial.key);
    const own = groups.get(name);
    if (own === undefined) groups.set(name, [trial]);
    else own.push(trial);
  }
  return groups;
}
