import { median } from "./stats";

/** One line of the result: what the product reached, what the floor reaches in the same run, and what is promised. */
export type Row = {
  /** Stable, such as `page.1x200.busy`. */
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly vitrine: number;
  /** NaN where there is no floor to compare with. */
  readonly floor: number;
  readonly ratio: number;
  readonly gate: Gate | null;
  /** Share of the machine that others used in the meantime, in percent; null if unknown. */
  readonly foreign: number | null;
};

/** A promise about the value or about its ratio to the floor's. */
export type Gate = {
  readonly on: "vitrine" | "ratio";
  readonly is: "at most" | "at least";
  readonly limit: number;
};

/** Says whether a row keeps its promise. A row without one always does; a value that is not known never does. */
export function keepsPromise({ gate, ...row }: Row): boolean {
  if (gate === null) return true;
  const value = row[gate.on];
  return gate.is === "at most" ? value <= gate.limit : value >= gate.limit;
}

/** The middle of several runs of the same rows. Each run's ratio is its own, so a busy moment troubles both sides. */
export function middleOf(runs: readonly (readonly Row[])[]): readonly Row[] {
  const [first = []] = runs;
  return first.map((row) =>
    middleRow(
      runs.flatMap((run) => run.filter(({ id }) => id === row.id)),
      row,
    ),
  );
}

function middleRow(same: readonly Row[], { id, what, unit, gate }: Row): Row {
  const of = (key: "vitrine" | "floor" | "ratio") => median(same.map((each) => each[key]));
  const shares = same.map((each) => each.foreign).filter((share) => share !== null);
  const foreign = shares.length === 0 ? null : median(shares);
  return { id, what, unit, gate, foreign, vitrine: of("vitrine"), floor: of("floor"), ratio: of("ratio") };
}

/** A row from its two values; the ratio is theirs. */
export function rowOf(row: Omit<Row, "ratio" | "floor" | "gate" | "foreign"> & Partial<Row>): Row {
  const floor = row.floor ?? Number.NaN;
  return { gate: null, foreign: null, ratio: row.vitrine / floor, ...row, floor };
}
