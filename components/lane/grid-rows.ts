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

/** `grid-template-rows` for this many rows. The last line takes the remaining height. */
export function gridRows(count: number): string {
  return `auto ${count === 0 ? "" : `repeat(${2 * count}, auto) `}1fr`;
}

/** `grid-template-columns`: lanes share the width, never narrower than a readable column. */
export function gridColumns(widths: readonly number[]): string {
  return widths.map((width) => `minmax(320px, ${width}fr)`).join(" ");
}
