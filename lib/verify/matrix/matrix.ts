/** The table of a run: a row per case and mode, a column per lane and level of effort, and in each cell what its trials say. */
import { type AnswerMode, CASE_GROUPS, type CaseGroup } from "@/lib/verify/case";
import type { FaultClass, NotMeasured, Trial, TrialKey } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

export type MatrixColumn = {
  readonly key: string;
  /** Index of the lane in the run. */
  readonly lane: number;
  /** null = the lane's own. */
  readonly effort: string | null;
  /** "llamacpp/smollm2-135m" */
  readonly label: string;
  readonly isReference: boolean;
};

export type MatrixRow = {
  readonly key: string;
  readonly group: CaseGroup;
  readonly caseId: string;
  readonly mode: AnswerMode;
  readonly title: string;
  /** Run once per level of effort; otherwise the cell of a lane is the same at every level. */
  readonly isPerEffort: boolean;
};

export type MatrixGroup = { readonly group: CaseGroup; readonly rows: readonly MatrixRow[] };

/** All repetitions of one case in one lane, mode and effort, as far as they are there. */
export type MatrixCell = {
  readonly trials: readonly Trial[];
  readonly passes: number;
  /** Trials that passed or failed. */
  readonly measured: number;
  /** "empty": no trial is there yet. Otherwise what its trials say, "measured" if one of them was. */
  readonly state: "measured" | "not-measured" | "skipped" | "empty";
  /** Some passed and some failed. */
  readonly isFlaky: boolean;
  /** Those of its failures, each once. */
  readonly faults: readonly FaultClass[];
  /** Why trials of it were not measured, each once. */
  readonly reasons: readonly NotMeasured[];
};

export type Matrix = {
  /** The reference lane's first. */
  readonly columns: readonly MatrixColumn[];
  /** Those that have rows, in the order of `CASE_GROUPS`. */
  readonly groups: readonly MatrixGroup[];
  readonly cell: (row: MatrixRow, column: MatrixColumn) => MatrixCell;
};

const EMPTY: MatrixCell = {
  trials: [],
  passes: 0,
  measured: 0,
  state: "empty",
  isFlaky: false,
  faults: [],
  reasons: [],
};

/** The table of a run, with the lane of this index as its reference. Rows that no lane was asked are absent. */
export function matrixOf(run: VerifyRun, reference = 0): Matrix {
  const cells = cellsOf(run.trials);
  const asked = new Set(run.trials.map(({ key }) => `${key.caseId} ${key.mode}`));
  const mayGoOn = run.endedAt === null;
  const rows = run.suite.cases.flatMap((each) =>
    each.modes.map((mode): MatrixRow => ({
      key: `${each.id} ${mode}`,
      group: each.group,
      caseId: each.id,
      mode,
      title: each.title,
      isPerEffort: each.isPerEffort,
    })),
  );
  // While it may go on, every row is there from the start, so that nothing moves.
  const shown = mayGoOn ? rows : rows.filter(({ key }) => asked.has(key));
  return {
    columns: columnsOf(run, reference),
    groups: CASE_GROUPS.map((group) => ({ group, rows: shown.filter((row) => row.group === group) })).filter(
      (group) => group.rows.length > 0,
    ),
    cell: (row, column) =>
      cells.get(cellKey({ ...row, lane: column.lane, effort: row.isPerEffort ? column.effort : null })) ??
      // A lane whose levels were chosen may have been asked at a level of its own after all, and the other way round.
      cells.get(cellKey({ ...row, lane: column.lane, effort: row.isPerEffort ? null : column.effort })) ??
      EMPTY,
  };
}

/** "groq/gpt-oss-20b, effort low". */
export function columnWords({ label, effort }: Pick<MatrixColumn, "label" | "effort">): string {
  return effort === null ? label : `${label}, effort ${effort}`;
}

function columnsOf({ lanes }: VerifyRun, reference: number): readonly MatrixColumn[] {
  const columns = lanes.flatMap(({ label, efforts }, lane) =>
    efforts.map((effort): MatrixColumn => ({
      key: `${lane} ${effort ?? ""}`,
      lane,
      effort,
      label,
      isReference: lane === reference,
    })),
  );
  return columns.toSorted((a, b) => Number(b.isReference) - Number(a.isReference));
}

function cellsOf(trials: readonly Trial[]): ReadonlyMap<string, MatrixCell> {
  const byCell = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = cellKey(trial.key);
    const others = byCell.get(key);
    if (others === undefined) byCell.set(key, [trial]);
    else others.push(trial);
  }
  return new Map([...byCell].map(([key, own]) => [key, cellOf(own)]));
}

function cellKey({ lane, caseId, mode, effort }: Omit<TrialKey, "repetition">): string {
  return `${lane} ${caseId} ${mode} ${effort ?? ""}`;
}

/** What these trials of one cell say together. */
export function cellOf(trials: readonly Trial[]): MatrixCell {
  const passes = trials.filter(({ verdict }) => verdict.verdict === "pass").length;
  const faults = trials.flatMap(({ verdict }) => (verdict.verdict === "fail" ? [verdict.fault] : []));
  const measured = passes + faults.length;
  return {
    trials: trials.toSorted((a, b) => a.key.repetition - b.key.repetition),
    passes,
    measured,
    state:
      measured > 0
        ? "measured"
        : trials.length === 0
          ? "empty"
          : trials.every(({ verdict }) => verdict.verdict === "skipped")
            ? "skipped"
            : "not-measured",
    isFlaky: passes > 0 && faults.length > 0,
    faults: [...new Set(faults)],
    reasons: [
      ...new Set(
        trials.flatMap(({ verdict }) => (verdict.verdict === "not-measured" ? [verdict.reason] : [])),
      ),
    ],
  };
}

/** How the rows of each group follow each other. */
export type MatrixOrder = "suite" | "worst" | "differs";

/** The groups with only the rows that hold a failure of these classes (none = all rows), in this order. */
export function arranged(
  matrix: Matrix,
  { faults, order }: { readonly faults: ReadonlySet<FaultClass>; readonly order: MatrixOrder },
): readonly MatrixGroup[] {
  const { columns, cell } = matrix;
  const isWanted = (row: MatrixRow) =>
    faults.size === 0 ||
    columns.some((column) => cell(row, column).faults.some((fault) => faults.has(fault)));
  return matrix.groups
    .map(({ group, rows }) => ({
      group,
      rows: order === "suite" ? rows.filter(isWanted) : sorted(rows.filter(isWanted), matrix, order),
    }))
    .filter(({ rows }) => rows.length > 0);
}

function sorted(
  rows: readonly MatrixRow[],
  { columns, cell }: Matrix,
  order: Exclude<MatrixOrder, "suite">,
): readonly MatrixRow[] {
  const weight = (row: MatrixRow): number => {
    const rates = columns.flatMap((column) => {
      const { passes, measured } = cell(row, column);
      return measured === 0 ? [] : [passes / measured];
    });
    if (rates.length === 0) return Number.POSITIVE_INFINITY;
    return order === "worst"
      ? rates.reduce((sum, rate) => sum + rate, 0) / rates.length
      : Math.min(...rates) - Math.max(...rates);
  };
  const weights = new Map(rows.map((row) => [row.key, weight(row)]));
  return rows.toSorted((a, b) => (weights.get(a.key) ?? 0) - (weights.get(b.key) ?? 0));
}
