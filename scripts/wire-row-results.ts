/** How many edge cases of the wire are numbered. */
const ROWS = 83;

export type RowResult = {
  readonly row: number;
  /** missing = no test names it. */
  readonly state: "passed" | "failed" | "missing";
  /** What its tests promise, without the number. */
  readonly titles: readonly string[];
};

type RanTest = { readonly title: string; readonly status: string };

/** The edge cases in order, each with its tests. A test may name several (`wire:B61 wire:B81 …`). Pure. */
export function wireRows(tests: readonly RanTest[]): readonly RowResult[] {
  return Array.from({ length: ROWS }, (_none, index) => {
    const row = index + 1;
    const own = tests.filter(({ title }) => new RegExp(`\\bwire:B${String(row)}\\b`).test(title));
    return { row, state: stateOf(own), titles: own.map(({ title }) => promiseOf(title)) };
  });
}

function stateOf(tests: readonly RanTest[]): RowResult["state"] {
  if (tests.length === 0) return "missing";
  return tests.every(({ status }) => status === "passed") ? "passed" : "failed";
}

function promiseOf(title: string): string {
  return title.replaceAll(/wire:B\d+,?\s*/g, "");
}
