import type { LaneId, Row } from "@/lib/session/store/session";

/** Lines of the one grid: the header, then for each row of the session a prompt and its answers, then the rest. */
export const HEADER_ROW = 1;

/** Grid row of the prompt of the session's row `index`, counted from 0. */
export function promptRow(index: number): number {
  return 2 + 2 * index;
}

/** Grid row of the answers of the session's row `index`, counted from 0. */
export function answerRow(index: number): number {
  return 3 + 2 * index;
}

/** The prompt of a row went to every lane and stands once, across all of them. */
export function isSharedPrompt(row: Row, laneCount: number): boolean {
  return row.asked !== null && row.turns.size === laneCount;
}

/** Id of a cell of the session's row `index`: its answer or own prompt in lane number `lane`, or the shared prompt. */
export function cellId(kind: "prompt" | "answer", index: number, lane: number | "all"): string {
  return `${kind}-${index + 1}-${lane}`;
}

/** Ids of a row's cells as they are read: what was asked, and what each lane answered. */
export function cellsOf(row: Row, index: number, lanes: readonly LaneId[]): readonly string[] {
  const isShared = isSharedPrompt(row, lanes.length);
  const answers = lanes.flatMap((lane, at) => {
    if (!row.turns.has(lane)) return [];
    const answer = cellId("answer", index, at + 1);
    return isShared ? [answer] : [cellId("prompt", index, at + 1), answer];
  });
  return isShared ? [cellId("prompt", index, "all"), ...answers] : answers;
}

/** `grid-template-rows` for this many rows. The last line takes the remaining height. */
export function gridRows(count: number): string {
  return `auto ${count === 0 ? "" : `repeat(${2 * count}, auto) `}1fr`;
}

/** `grid-template-columns`: lanes share the width, never narrower than a readable column. */
export function gridColumns(widths: readonly number[]): string {
  return widths.map((width) => `minmax(320px, ${width}fr)`).join(" ");
}
