"use client";

import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from "react";

/** Arrows, Home and End go from cell to cell of a table; Tab reaches the one that was left. `rows`: those that are shown, in order. */
export function useCellKeys(rows: string) {
  const ref = useRef<HTMLTableElement>(null);
  const seen = useRef<string | null>(null);
  // Rows that came, left or moved may have taken the one stop with them, or brought another.
  useEffect(() => {
    if (seen.current === rows) return;
    seen.current = rows;
    const cells = [...(ref.current?.querySelectorAll<HTMLElement>("[data-cell]") ?? [])];
    const stops = cells.filter(({ tabIndex }) => tabIndex === 0);
    const kept = stops.find((cell) => cell === document.activeElement) ?? stops[0] ?? cells[0];
    for (const cell of stops) cell.tabIndex = -1;
    if (kept !== undefined) kept.tabIndex = 0;
  }, [rows]);
  return {
    ref,
    onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const from = event.target instanceof HTMLElement ? event.target.closest("[data-cell]") : null;
      if (!(from instanceof HTMLElement)) return;
      const to = neighbor(event.currentTarget, from, event.key);
      if (to === undefined) return;
      event.preventDefault();
      to.focus();
    },
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLTableElement>) => {
      if (!target.matches("[data-cell]")) return;
      for (const cell of currentTarget.querySelectorAll<HTMLElement>("[data-cell][tabindex='0']"))
        cell.tabIndex = -1;
      target.tabIndex = 0;
    },
  };
}

function neighbor(table: HTMLTableElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const rows = [...table.rows].map(cellsOf).filter((cells) => cells.length > 0);
  const at = rows.findIndex((cells) => cells.includes(from));
  const row = rows[at] ?? [];
  const place = row.indexOf(from);
  const column = Number(from.dataset["cell"]);
  /** A cell that spans several columns stands in the first of them. */
  const inRow = (cells: readonly HTMLElement[] = []) =>
    cells.findLast((cell) => Number(cell.dataset["cell"]) <= column) ?? cells[0];
  switch (key) {
    case "ArrowLeft":
      return row[place - 1];
    case "ArrowRight":
      return row[place + 1];
    case "ArrowUp":
      return at === 0 ? undefined : inRow(rows[at - 1]);
    case "ArrowDown":
      return inRow(rows[at + 1]);
    case "Home":
      return row[0];
    case "End":
      return row.at(-1);
    default:
      return undefined;
  }
}

function cellsOf(row: HTMLTableRowElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("[data-cell]")];
}
