import { RowHeights } from "./row-heights";

/** The rows to draw: from `first` up to and without `end`, `topPx` below the top of `totalPx` of all rows. */
export type RowSpan = {
  readonly first: number;
  readonly end: number;
  readonly topPx: number;
  readonly totalPx: number;
};

/** Rows drawn outside of the view, on each side, and the step in which the window moves. */
const OVERSCAN = 16;
const STEP = 8;
/** What a view is taken for until its box is known, in px. */
const USUAL_VIEW = 600;

/**
 * Of many rows those near the view of the box that they scroll in. Where a reader is at their end, the view follows new
 * ones. For `useSyncExternalStore`: `subscribe` and `read`.
 */
export class RowWindow {
  private readonly heights: RowHeights;
  private readonly listeners = new Set<() => void>();
  private box: HTMLElement | null = null;
  private count: number;
  private isAtEnd = false;
  private followsEnd = false;
  /** The row that was brought into view. It stays there, whatever becomes of the box and the rows, until a reader scrolls. */
  private kept: number | null = null;
  /** Where this scrolled to. */
  private ownTop = 0;
  private span: RowSpan;

  /** `estimate`: px of a row that was not measured. */
  constructor(count: number, estimate: number) {
    this.count = count;
    this.heights = new RowHeights(estimate);
    this.heights.resize(count);
    this.span = this.spanAt(0, USUAL_VIEW);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The same object until it changes. */
  readonly read = (): RowSpan => this.span;

  /** The `ref` of the box that scrolls. */
  readonly attach = (box: HTMLElement | null): (() => void) | undefined => {
    if (box === null) return undefined;
    this.box = box;
    const sizes = new ResizeObserver(this.keep);
    sizes.observe(box);
    box.addEventListener("scroll", this.scrolled, { passive: true });
    return () => {
      this.box = null;
      sizes.disconnect();
      box.removeEventListener("scroll", this.scrolled);
    };
  };

  /** How many rows there are now. */
  setCount(count: number): void {
    if (count === this.count) return;
    this.followsEnd = this.isAtEnd;
    this.count = count;
    this.heights.resize(count);
    this.look();
  }

  /** To be called once the rows are drawn: brings the new end into view where the reader was at the old one. */
  settle(): void {
    if (!this.followsEnd || this.box === null || this.box.scrollHeight < this.span.totalPx) return;
    this.followsEnd = false;
    this.scrollTo(this.box.scrollHeight);
  }

  /**
   * Takes the heights of the rows that are drawn. What is above the view may turn out to be higher than it was thought:
   * the view stays with its first row.
   */
  measure(rows: Element): void {
    if (this.box === null) return;
    const anchor = this.heights.at(this.box.scrollTop);
    const offset = this.box.scrollTop - this.heights.top(anchor);
    let hasChanged = false;
    for (const [index, row] of Array.from(rows.children).entries())
      hasChanged =
        this.heights.measure(this.span.first + index, row.getBoundingClientRect().height) || hasChanged;
    if (!hasChanged) return;
    const top = this.heights.top(anchor) + offset;
    this.show(this.spanAt(top, this.box.clientHeight));
    if (this.kept !== null) this.keep();
    else if (Math.abs(this.box.scrollTop - top) >= 1) this.scrollTo(top);
  }

  /** Brings a row into view. */
  reveal(index: number): void {
    this.kept = index;
    this.keep();
  }

  private readonly keep = (): void => {
    if (this.box !== null && this.kept !== null) {
      const { scrollTop, clientHeight } = this.box;
      const top = this.heights.top(this.kept);
      const bottom = this.heights.top(this.kept + 1);
      if (top < scrollTop) this.scrollTo(top);
      else if (bottom > scrollTop + clientHeight) this.scrollTo(Math.min(top, bottom - clientHeight));
    }
    this.look();
  };

  private readonly scrolled = (): void => {
    if (this.box !== null && Math.abs(this.box.scrollTop - this.ownTop) > 1) this.kept = null;
    this.look();
  };

  private scrollTo(top: number): void {
    if (this.box === null) return;
    this.box.scrollTop = top;
    this.ownTop = this.box.scrollTop;
  }

  private readonly look = (): void => {
    if (this.box === null) return;
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    this.isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
    this.show(this.spanAt(scrollTop, clientHeight));
  };

  private spanAt(top: number, height: number): RowSpan {
    const first = Math.max(0, floor(this.heights.at(top) - OVERSCAN));
    const end = Math.min(this.count, floor(this.heights.at(top + height) + OVERSCAN + STEP));
    return { first, end, topPx: this.heights.top(first), totalPx: this.heights.total() };
  }

  private show(span: RowSpan): void {
    const { first, end, topPx, totalPx } = this.span;
    if (first === span.first && end === span.end && topPx === span.topPx && totalPx === span.totalPx) return;
    this.span = span;
    for (const listener of this.listeners) listener();
  }
}

function floor(index: number): number {
  return Math.floor(index / STEP) * STEP;
}
