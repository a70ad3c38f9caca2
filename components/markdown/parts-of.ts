/** A run of rows or items that are drawn together, from `from` up to `to`. */
export type Span = { readonly from: number; readonly to: number };

/** A part that has only just begun is where the reader of a growing list is: it is drawn without a look at the view. */
const JUST_BEGUN = 20;

/** Says whether a part is drawn before it is known whether it is near the view: the first one, and one that has just begun. */
export function isDrawnAtOnce({ from, to }: Span): boolean {
  return from === 0 || to - from <= JUST_BEGUN;
}

/** Cuts `count` rows or items into runs of `size`; a count that is not above `whole` stays in one. */
export function spansOf(count: number, size: number, whole: number): readonly Span[] {
  if (count <= whole) return [{ from: 0, to: count }];
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    from: index * size,
    to: Math.min(count, (index + 1) * size),
  }));
}

/** Says whether two versions of a growing list hold the same in a run: what stands in it never changes, it only fills up. */
export function isSameSpan<T>(before: readonly T[], now: readonly T[], a: Span, b: Span): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    (before === now || (before[a.from] === now[a.from] && before[a.to - 1] === now[a.to - 1]))
  );
}
