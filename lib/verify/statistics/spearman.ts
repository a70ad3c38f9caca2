/** Spearman's rank correlation of two lists, ties sharing their mean rank; null below three pairs or where one list does not vary. */
export function spearman(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length !== ys.length || xs.length < 3) return null;
  const [one, other] = [ranks(xs), ranks(ys)];
  const middle = (xs.length + 1) / 2;
  let both = 0;
  let first = 0;
  let second = 0;
  for (const [index, rank] of one.entries()) {
    const [dx, dy] = [rank - middle, (other[index] ?? middle) - middle];
    both += dx * dy;
    first += dx * dx;
    second += dy * dy;
  }
  return first === 0 || second === 0 ? null : both / Math.sqrt(first * second);
}

function ranks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
