/** Heights of many rows in px: measured where they were drawn, estimated where not. */
export class RowHeights {
  private heights: number[] = [];
  /** Where each row begins; right up to `settled`. */
  private tops: number[] = [0];
  private settled = 0;
  private readonly estimate: number;

  constructor(estimate: number) {
    this.estimate = estimate;
  }

  /** How many rows there are. Those that are new get the estimate. */
  resize(count: number): void {
    if (count < this.heights.length) this.heights.length = count;
    while (this.heights.length < count) this.heights.push(this.estimate);
    this.settled = Math.min(this.settled, count);
  }

  /** Takes the height that a row was drawn with. Returns whether it was another one. */
  measure(index: number, height: number): boolean {
    if (this.heights[index] === undefined || this.heights[index] === height) return false;
    this.heights[index] = height;
    this.settled = Math.min(this.settled, index);
    return true;
  }

  /** Where a row begins; behind the last one, how high all are. */
  top(index: number): number {
    for (let at = this.settled; at < index; at += 1)
      this.tops[at + 1] = (this.tops[at] ?? 0) + (this.heights[at] ?? this.estimate);
    this.settled = Math.max(this.settled, index);
    return this.tops[index] ?? 0;
  }

  total(): number {
    return this.top(this.heights.length);
  }

  /** The row at this height; the last one for what lies behind it. */
  at(y: number): number {
    const total = this.total();
    if (y >= total) return Math.max(0, this.heights.length - 1);
    let low = 0;
    let high = this.heights.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
