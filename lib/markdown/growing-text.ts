/**
 * A text that may still grow: all of it, and what the newest growth added after its first `from` characters. A string
 * that grows piece by piece is copied whole when any of it is looked at, which a long answer would pay in every frame:
 * whoever knows the first `from` characters looks at `added` alone.
 */
export type GrowingText = {
  readonly whole: string;
  readonly from: number;
  readonly added: string;
  /** More may come. */
  readonly isOpen: boolean;
};

/** A text that nobody has read any of yet. */
export function wholeText(whole: string, isOpen: boolean): GrowingText {
  return { whole, from: 0, added: whole, isOpen };
}

/** What follows the first `length` characters of a text. */
export function textAfter({ whole, from, added }: GrowingText, length: number): string {
  return from === length ? added : whole.slice(length);
}
