"use client";

import { type CSSProperties, memo } from "react";

import { cn } from "@/components/ui/cn";
import { intervalWords } from "@/components/verify/verify-words";
import { FAULT_WORDS, REASON_WORDS } from "@/lib/verify/fault-words";
import type { MatrixCell as Cell } from "@/lib/verify/matrix/matrix";
import { compareCase } from "@/lib/verify/statistics/compare";
import { wilson } from "@/lib/verify/statistics/counts";

type MatrixCellProps = {
  /** Row and column in words: "S1 weather in Florence, stream, groq/gpt-oss-20b". */
  name: string;
  cell: Cell;
  /** The reference's cell of the same row; null in the reference's own columns. */
  reference: Cell | null;
  column: number;
  span: number;
  isFirst: boolean;
  isOpen: boolean;
  /** The row is filtered for faults that this cell does not have. */
  isDimmed: boolean;
  /** Always the same function. */
  onOpen: (row: string, column: number) => void;
  row: string;
};

/** Passes of what was measured, with the interval as a bar. Drawn again only when what it says has changed. */
export const MatrixCell = memo(function MatrixCell(props: MatrixCellProps) {
  const { name, cell, reference, column, span, isFirst, isOpen, isDimmed, onOpen, row } = props;
  const count = { passes: cell.passes, of: cell.measured };
  const word =
    reference === null
      ? null
      : compareCase({ reference: { passes: reference.passes, of: reference.measured }, other: count }).word;
  return (
    <td colSpan={span} className="border-line border-b p-0">
      <button
        type="button"
        tabIndex={isFirst ? 0 : -1}
        data-cell={column}
        aria-label={`${name}: ${cellWords(cell)}${word === "better" || word === "worse" ? `, ${word} than the reference` : ""}`}
        aria-pressed={isOpen}
        onClick={() => onOpen(row, column)}
        className={cn(
          "verify-cell flex h-10 w-full flex-col justify-center gap-1 px-3 text-left -outline-offset-2",
          isOpen ? "bg-accent-soft" : "hover:bg-sunken",
          isDimmed && "opacity-40",
        )}
      >
        <span className="verify-face" style={spanOf(span)}>
          <CellFace cell={cell} word={word} />
        </span>
      </button>
    </td>
  );
}, isSame);

/** What the width of its bar is made from. */
function spanOf(span: number): CSSProperties & Record<"--span", number> {
  return { "--span": span };
}

function CellFace({ cell, word }: { cell: Cell; word: string | null }) {
  if (cell.state !== "measured") {
    return (
      <span className="text-faint flex min-w-0 items-baseline gap-2" aria-hidden>
        <span className="figures">{cell.state === "empty" ? "·" : "–"}</span>
        <span className="truncate text-[12px]">
          {cell.state === "skipped" ? "skipped" : cell.reasons.map((each) => REASON_WORDS[each]).join(", ")}
        </span>
      </span>
    );
  }
  const { passes, measured, isFlaky } = cell;
  return (
    <>
      <span className="figures flex w-full items-center justify-between gap-1 leading-4" aria-hidden>
        <span>
          {passes}
          <span className="text-muted">/{measured}</span>
        </span>
        {word === "worse" ? <span className="text-danger">▼</span> : null}
        {word === "better" ? <span className="text-ok">▲</span> : null}
      </span>
      <IntervalBar
        {...(wilson({ passes, of: measured }) ?? { low: 0, high: 1 })}
        rate={passes / measured}
        tone={isFlaky ? "some" : passes === 0 ? "none" : "all"}
        isWide
      />
    </>
  );
}

type IntervalBarProps = {
  low: number;
  high: number;
  rate: number;
  /** "some" is hatched; "mean" is that of several prompts. */
  tone: "all" | "some" | "none" | "mean";
  /** As wide as there is room. */
  isWide?: boolean;
};

/** Where a rate may lie, from 0 to 1, with a tick at what was seen. What it shows stands in words beside it. */
export function IntervalBar({ low, high, rate, tone, isWide = false }: IntervalBarProps) {
  const style: CSSProperties & Record<"--low" | "--high" | "--rate", string> = {
    "--low": `${low * 100}%`,
    "--high": `${high * 100}%`,
    "--rate": `${rate * 100}%`,
  };
  return (
    <span aria-hidden className={cn("verify-bar", !isWide && "max-w-72")} data-tone={tone} style={style} />
  );
}

/** "4 of 5 passed, 38–96 %, flaky, argument". */
export function cellWords({ state, passes, measured, isFlaky, faults, reasons }: Cell): string {
  if (state === "empty") return "not run yet";
  if (state === "skipped") return "skipped";
  if (state === "not-measured")
    return `not measured: ${reasons.map((reason) => REASON_WORDS[reason]).join(", ")}`;
  const interval = wilson({ passes, of: measured });
  return [
    `${passes} of ${measured} passed`,
    ...(interval === null ? [] : [intervalWords(interval)]),
    ...(isFlaky ? ["flaky"] : []),
    ...faults.map((fault) => FAULT_WORDS[fault]),
  ].join(", ");
}

function isSame(before: MatrixCellProps, after: MatrixCellProps): boolean {
  return (
    isSameCell(before.cell, after.cell) &&
    (before.reference === null || after.reference === null
      ? before.reference === after.reference
      : isSameCell(before.reference, after.reference)) &&
    before.name === after.name &&
    before.row === after.row &&
    before.column === after.column &&
    before.span === after.span &&
    before.isFirst === after.isFirst &&
    before.isOpen === after.isOpen &&
    before.isDimmed === after.isDimmed &&
    before.onOpen === after.onOpen
  );
}

/** A live run makes new cells at each trial; most of them say the same as before. */
function isSameCell(before: Cell, after: Cell): boolean {
  return (
    before.passes === after.passes &&
    before.measured === after.measured &&
    before.state === after.state &&
    before.faults.join(" ") === after.faults.join(" ") &&
    before.reasons.join(" ") === after.reasons.join(" ")
  );
}
