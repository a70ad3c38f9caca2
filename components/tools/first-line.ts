/** More characters than a line or two have room for. */
const MOST_SHOWN = 400;

/** As much of a description as a row shows: one that someone sent may be 100,000 characters in one line. */
export function firstLine(description: string): string {
  return description.slice(0, MOST_SHOWN).split("\n", 1)[0] ?? "";
}
