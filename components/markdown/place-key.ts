/** The React key of the piece at `index`. In a text that only grows at its end, a piece's place is its identity. */
export function placeKey(index: number): string {
  return `p${index}`;
}
