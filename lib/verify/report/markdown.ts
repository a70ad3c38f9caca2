/** A run as text: a table of cells, the groups with their intervals, and every trial that did not pass. Pure. */
import { type Matrix, type MatrixCell, type MatrixColumn, matrixOf } from "@/lib/verify/matrix/matrix";
import { groupRate } from "@/lib/verify/statistics/bootstrap";
import { type Count, passEvery, wilson } from "@/lib/verify/statistics/counts";
import { type Trial, trialName } from "@/lib/verify/trial";
import type { ServerFacts, VerifyRun } from "@/lib/verify/verify-run";

import { cellName, countOf } from "./counts-of";
import { type Bar, outcomeOf, percent } from "./outcome";

/** The run as Markdown, with what it says under this bar. */
export function writeMarkdown(run: VerifyRun, bar: Bar = { kind: "none" }): string {
  const matrix = matrixOf(run, bar.kind === "reference" ? bar.lane : 0);
  const { sentences } = outcomeOf(run, bar);
  return [
    `# ${run.suite.name}, ${run.preset}: ${times(run.repetitions)}`,
    "",
    ...(run.voided === null ? [] : [`**The run counts for nothing.** ${cellText(run.voided)}`, ""]),
    ...run.lanes.map(({ label, from, before }) => `- ${cellText(label)}: ${identity(from, before)}`),
    `- suite ${run.suiteHash.slice(0, 12)}, ${new Date(run.startedAt).toISOString()}`,
    "",
    ...tableOf(orderedLines(matrix)),
    "",
    "Passes of measured trials, with Wilson's 95 % interval. A group has the mean of its cases and a bootstrap over them.",
    "",
    ...(sentences.length === 0 ? [] : [...sentences.map((sentence) => `- ${cellText(sentence)}`), ""]),
    ...notPassed(run),
  ].join("\n");
}

/** The same table for a terminal: columns side by side, without intervals of single trials. */
export function tableText(run: VerifyRun, reference = 0): string {
  const lines = orderedLines(matrixOf(run, reference));
  const widths = (lines[0] ?? []).map((_head, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What failed, was not measured or was skipped: a line for each lane and what was said, with all cells that it was said of. */
export function notPassedLines(run: VerifyRun): readonly string[] {
  const lines = new Map<string, { readonly lane: number; readonly said: string; readonly cells: string[] }>();
  for (const trial of run.trials) {
    const said = verdictText(trial);
    if (said === null) continue;
    const { lane } = trial.key;
    const name = run.repetitions === 1 ? cellName(trial.key) : trialName(trial.key);
    const line = lines.get(`${lane} ${said}`);
    if (line === undefined) lines.set(`${lane} ${said}`, { lane, said, cells: [name] });
    else line.cells.push(name);
  }
  return [...lines.values()]
    .toSorted((one, other) => one.lane - other.lane)
    .map(({ lane, said, cells }) => `${run.lanes[lane]?.label ?? ""} ${cells.join(", ")}: ${said}`);
}

function verdictText({ verdict }: Trial): string | null {
  switch (verdict.verdict) {
    case "pass":
      return null;
    case "fail":
      return `${verdict.fault}, ${verdict.blame}: ${verdict.why}`;
    case "not-measured":
      return `not measured (${verdict.reason}): ${verdict.why}`;
    case "skipped":
      return `skipped: ${verdict.why}`;
  }
}

function notPassed(run: VerifyRun): readonly string[] {
  const lines = notPassedLines(run);
  return lines.length === 0
    ? []
    : ["## What did not pass", "", ...lines.map((line) => `- ${cellText(line)}`), ""];
}

/** More columns than this are read as rows. */
const MOST_COLUMNS = 6;

/** Cases down and lanes across; the other way round where there are many lanes. */
function orderedLines(matrix: Matrix): readonly (readonly string[])[] {
  return matrix.columns.length > MOST_COLUMNS ? laneLines(matrix) : matrixLines(matrix);
}

function laneLines({ columns, groups, cell }: Matrix): readonly (readonly string[])[] {
  const rows = groups.flatMap((group) => group.rows);
  return [
    ["lane", ...rows.map(cellName)],
    ...columns.map((column) => [columnName(column), ...rows.map((row) => cellFigures(cell(row, column)))]),
  ];
}

function columnName({ label, effort }: MatrixColumn): string {
  return effort === null ? label : `${label} ${effort}`;
}

function matrixLines({ columns, groups, cell }: Matrix): readonly (readonly string[])[] {
  const head = [
    "case",
    ...columns.map(({ label, effort }) => (effort === null ? label : `${label} ${effort}`)),
  ];
  const rows = groups.flatMap(({ group, rows: own }) => [
    [group, ...columns.map((column) => groupText(countsByCase(own, (row) => cell(row, column))))],
    ...own.map((row) => [
      `${row.caseId} ${row.mode} ${row.title}`.trim(),
      ...columns.map((column) => cellFigures(cell(row, column))),
    ]),
  ]);
  return [head, ...rows];
}

function countsByCase<Row extends { readonly caseId: string }>(
  rows: readonly Row[],
  cellAt: (row: Row) => MatrixCell,
): readonly Count[] {
  const counts = new Map<string, Count>();
  for (const row of rows) {
    const before = counts.get(row.caseId) ?? { passes: 0, of: 0 };
    const { passes, of } = countOf(cellAt(row));
    counts.set(row.caseId, { passes: before.passes + passes, of: before.of + of });
  }
  return [...counts.values()];
}

function groupText(counts: readonly Count[]): string {
  const rate = groupRate(counts);
  if (rate === null) return "–";
  const measured = counts.filter(({ of }) => of > 0).length;
  // Of one case the bootstrap knows nothing.
  return measured < 2 ? percent(rate.rate) : `${percent(rate.rate)} (${range(rate.low, rate.high)})`;
}

/** "4/5 (38–96 %) argument", "not measured", "skipped", "–". */
function cellFigures(cell: MatrixCell): string {
  if (cell.state !== "measured")
    return { empty: "–", "not-measured": "not measured", skipped: "skipped" }[cell.state];
  const count = countOf(cell);
  const interval = count.of < 2 ? null : wilson(count);
  const every = cell.isFlaky ? passEvery(count, Math.min(count.of, 3)) : null;
  return [
    `${count.passes}/${count.of}`,
    ...(interval === null ? [] : [`(${range(interval.low, interval.high)})`]),
    ...(every === null ? [] : [`pass^${Math.min(count.of, 3)} ${percent(every)}`]),
    ...cell.faults,
  ].join(" ");
}

function range(low: number, high: number): string {
  return `${Math.round(low * 100)}–${percent(high)}`;
}

function identity(from: "server" | "recordings", facts: ServerFacts | null): string {
  if (from === "recordings") return "recordings, nothing was sent";
  if (facts === null) return "the server reports nothing of itself";
  const known = [
    facts.model,
    facts.quantization,
    facts.templateHash === null ? null : `template ${facts.templateHash}`,
    facts.build === null ? "build not told by the server" : `build ${facts.build}`,
    facts.contextTokens === null ? null : `context ${facts.contextTokens} tokens`,
  ].filter((each) => each !== null);
  return cellText(known.join(", "));
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  return [tableRow(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(tableRow)];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cellText).join(" | ")} |`;
}

function times(repetitions: number): string {
  return repetitions === 1 ? "each trial once" : `each trial ${repetitions} times`;
}

/** Text of others in a table or a list: one line, and no Markdown of its own. */
function cellText(text: string): string {
  return text.replaceAll(/\s+/gu, " ").replaceAll(/[\\|`*_<>[\]]/gu, String.raw`\$&`);
}
