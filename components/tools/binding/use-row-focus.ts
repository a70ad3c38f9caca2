import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

type RowFocus = {
  /** The list or the table around the rows, each of which has `data-row`. */
  readonly list: RefObject<HTMLDivElement | null>;
  /** After the next drawing the same control of another row has the focus. */
  readonly follow: (to: number) => void;
  /** Alt with an arrow moves the row that has the focus. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, move: (from: number, to: number) => void) => void;
};

const STEPS = new Map([
  ["ArrowUp", -1],
  ["ArrowDown", 1],
]);

/** Keeps the focus with a row that moves. */
export function useRowFocus(): RowFocus {
  const list = useRef<HTMLDivElement>(null);
  const wanted = useRef<{ readonly row: number; readonly control: number } | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const { row, control } = wanted.current;
    wanted.current = null;
    const rows = rowsIn(list.current);
    const target = rows[Math.min(row, rows.length - 1)];
    if (target !== undefined) controlsIn(target)[Math.max(0, control)]?.focus();
  });
  const follow = (to: number) => {
    const rows = rowsIn(list.current);
    const from = rows.find((each) => each.contains(document.activeElement));
    const control =
      from === undefined ? 0 : controlsIn(from).findIndex((each) => each === document.activeElement);
    wanted.current = { row: to, control };
  };
  return {
    list,
    follow,
    onKeyDown: (event, move) => {
      const step = event.altKey ? STEPS.get(event.key) : undefined;
      const from = rowsIn(list.current).findIndex((each) => each.contains(document.activeElement));
      if (step === undefined || from < 0) return;
      event.preventDefault();
      move(from, from + step);
    },
  };
}

function rowsIn(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
}

function controlsIn(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("input, textarea, button")];
}
