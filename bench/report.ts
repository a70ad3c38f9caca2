import { keepsPromise, type Row } from "./row";

/** A promise that is not kept, and why: the profile is in docs/performance.md. */
export type Miss = { readonly id: string; readonly reason: string };

/** The rows as lines of a Markdown table. */
export function tableOf(rows: readonly Row[], misses: readonly Miss[]): string {
  const lines = rows.map((row) => {
    const { what, unit, vitrine, floor, ratio, foreign } = row;
    const cells = [
      what,
      number(vitrine, unit),
      number(floor, unit),
      number(ratio, "×"),
      gateOf(row),
      verdict(row, misses),
    ];
    return `| ${[...cells, foreign === null ? "–" : `${foreign.toFixed(0)} %`].join(" | ")} |`;
  });
  return [
    "| what | Vitrine | floor | ratio | gate | | others' CPU |",
    "| --- | ---: | ---: | ---: | --- | --- | ---: |",
    ...lines,
  ].join("\n");
}

/** The rows that break a promise nobody has written down as missed. */
export function failuresOf(rows: readonly Row[], misses: readonly Miss[]): readonly Row[] {
  return rows.filter((row) => verdict(row, misses) === "FAIL");
}

function verdict(row: Row, misses: readonly Miss[]): string {
  if (row.gate === null) return "";
  if (keepsPromise(row)) return "ok";
  return misses.some(({ id }) => id === row.id) ? "known miss" : "FAIL";
}

function gateOf({ gate, unit }: Row): string {
  if (gate === null) return "";
  const sign = gate.is === "at most" ? "≤" : "≥";
  return `${sign} ${gate.limit}${gate.on === "ratio" ? " ×" : ` ${unit}`}`;
}

/** Three figures are all that such measurements are good for. Unknown reads "–". */
function number(value: number, unit: string): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
