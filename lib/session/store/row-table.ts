/** A row's numbers as a table of lanes: for the screen, as Markdown and as CSV. All pure. */
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { bestOf } from "@/lib/stream/figures/best-of";
import type { Figure } from "@/lib/stream/figures/figure";
import {
  formatCost,
  formatCount,
  formatRate,
  formatSeconds,
  UNKNOWN,
} from "@/lib/stream/figures/format-number";
import { measureTurn, type Numbers } from "@/lib/stream/figures/measure-turn";

import type { AppState } from "./app-state";
import { isSettled } from "./row-marks";
import type { Lane, Row, TurnId, TurnRecord } from "./session";

export type TableCell = {
  /** As it is read, with its unit; "≈" before an estimate, "–" where it is unknown. */
  readonly text: string;
  /** The bare number in the unit of the column; null = unknown. */
  readonly value: number | null;
  readonly source: Figure["source"];
  readonly explain: string;
  /** The one best of its column. */
  readonly isBest: boolean;
};

export type TableRow = {
  readonly turn: TurnId;
  /** Of the lane, from 1. */
  readonly laneNumber: number;
  /** The model that answered. */
  readonly model: string;
  /** Why its numbers are not compared; null when they are. */
  readonly state: "still running" | "not finished" | null;
  /** In the order of the table's columns. */
  readonly cells: readonly TableCell[];
};

export type RowTable = { readonly columns: readonly Column[]; readonly rows: readonly TableRow[] };

type Column = {
  readonly name: string;
  /** Of the bare number, in CSV. */
  readonly unit: string;
  readonly figure: (record: TurnRecord, numbers: Numbers) => Figure;
  readonly write: (value: number) => string;
  /** In a unit of its own. */
  readonly bare?: (value: number) => number;
  /** What is better; absent where more or less is neither. */
  readonly wins?: "highest" | "lowest";
  /** Left out where no lane has it. */
  readonly isRare?: true;
  /** It is counted in what is on the screen, so its source needs no word. */
  readonly isCounted?: true;
};

const seconds = (ms: number) => Math.round(ms) / 1000;

/** What lanes are compared by, in the order in which it is read. */
const COLUMNS: readonly Column[] = [
  {
    name: "tok/s",
    unit: "tok/s",
    figure: (_, { outputRate }) => outputRate,
    write: formatRate,
    bare: (rate) => Math.round(rate * 100) / 100,
    wins: "highest",
  },
  {
    name: "First token",
    unit: "s",
    figure: (_, { firstToken }) => firstToken,
    write: formatSeconds,
    bare: seconds,
    wins: "lowest",
  },
  {
    name: "Thinking",
    unit: "s",
    figure: (_, { reasoningTime }) => reasoningTime,
    write: formatSeconds,
    bare: seconds,
  },
  { name: "Tokens", unit: "tokens", figure: (_, { outputTokens }) => outputTokens, write: formatCount },
  {
    name: "Steps",
    unit: "steps",
    isCounted: true,
    figure: ({ turn }) => counted(turn.steps.length, "requests of this turn"),
    write: formatCount,
  },
  {
    name: "Calls",
    unit: "calls",
    isCounted: true,
    figure: ({ turn }) =>
      counted(turn.steps.flatMap(({ parts }) => parts).filter(isCall).length, "tool calls"),
    write: formatCount,
  },
  {
    name: "Cost",
    unit: "USD",
    isRare: true,
    figure: (_, { cost }) => cost,
    write: formatCost,
    wins: "lowest",
  },
  {
    name: "Total",
    unit: "s",
    figure: (_, { totalTime }) => totalTime,
    write: formatSeconds,
    bare: seconds,
    wins: "lowest",
  },
];

/** The numbers of every lane that answered in a row. Only answers that ended well are compared. */
export function rowTable(row: Row, lanes: readonly Lane[], live: AppState["live"]): RowTable {
  const answers = lanes.flatMap(({ id }, index) => {
    const record = row.turns.get(id);
    return record === undefined ? [] : [{ laneNumber: index + 1, record }];
  });
  const measured = answers.map(({ record }) => ({
    record,
    numbers: measureTurn(record.turn, cachedTokensOf),
  }));
  const columns = COLUMNS.filter(
    ({ isRare, figure }) =>
      isRare !== true || measured.some(({ record, numbers }) => figure(record, numbers).value !== null),
  );
  const figures = measured.map(({ record, numbers }) =>
    columns.map((column) => column.figure(record, numbers)),
  );
  const isCompared = answers.map(({ record }) => isSettled(record, live));
  const best = columns.map(({ wins, write }, column) => {
    if (wins === undefined) return null;
    const compared = figures.flatMap((own, index) => {
      const figure = own[column];
      return isCompared[index] === true && figure !== undefined ? [{ figure, index }] : [];
    });
    const winner = bestOf(
      compared.map(({ figure }) => figure),
      { wins, write },
    );
    return winner === null ? null : (compared[winner]?.index ?? null);
  });
  const rows = answers.map(({ laneNumber, record }, index) => ({
    turn: record.id,
    laneNumber,
    model: record.setup.model,
    state: stateOf(isCompared[index] === true, live.has(record.id)),
    cells: columns.map((column, at) => cellOf(column, figures[index]?.[at], best[at] === index)),
  }));
  return { columns, rows };
}

/** The table in Markdown; the best of a column is bold. */
export function tableAsMarkdown({ columns, rows }: RowTable): string {
  const head = ["Lane", ...columns.map(({ name }) => name)];
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  const body = rows.map(({ laneNumber, model, state, cells }) => [
    `${laneNumber} ${model.replaceAll(/[\\|]/gu, String.raw`\$&`)}${state === null ? "" : ` (${state})`}`,
    ...cells.map(({ text, isBest }) => (isBest ? `**${text}**` : text)),
  ]);
  return `${[head, rule, ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

/** The table as CSV with bare numbers, each with its source; what is unknown is empty. */
export function tableAsCsv({ columns, rows }: RowTable): string {
  const head = columns.flatMap(({ name, unit }) => [
    name === unit || name.toLowerCase() === unit ? name : `${name} (${unit})`,
    `${name} source`,
  ]);
  const body = rows.map(({ laneNumber, model, state, cells }) => [
    String(laneNumber),
    model,
    state ?? "finished",
    ...cells.flatMap(({ value, source }) => [value === null ? "" : String(value), source]),
  ]);
  return [["Lane", "Model", "State", ...head], ...body]
    .map((cells) => `${cells.map(csvField).join(",")}\r\n`)
    .join("");
}

/** A spreadsheet runs what begins like a formula. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function cellOf(column: Column, figure: Figure | undefined, isBest: boolean): TableCell {
  const { value = null, source = "unknown", explain = "" } = figure ?? {};
  if (value === null) return { text: UNKNOWN, value: null, source, explain, isBest };
  const about = source === "estimated" ? "≈ " : "";
  return {
    text: about + column.write(value),
    value: column.bare?.(value) ?? value,
    source,
    explain,
    isBest,
  };
}

function stateOf(isCompared: boolean, isLive: boolean): TableRow["state"] {
  if (isCompared) return null;
  return isLive ? "still running" : "not finished";
}

function counted(value: number, explain: string): Figure {
  return { value, source: "measured", explain };
}

function isCall({ type }: { readonly type: string }): boolean {
  return type === "tool-call";
}
