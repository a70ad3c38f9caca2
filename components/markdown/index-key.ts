/** The React key of the piece at `index`. In a text that only grows at its end, a piece's index is its identity. */
export function indexKey(index: number): string {
  return `p${index}`;
}
