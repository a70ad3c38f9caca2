/** The sizes in which an image may be sent. All pure. */
type Size = { readonly width: number; readonly height: number };

/**
 * px of the longest side. 1568 is where Anthropic begins to shrink images itself
 * (https://docs.anthropic.com/en/docs/build-with-claude/vision), 512 is what OpenAI's low detail looks at.
 */
const LONGEST = [1568, 1024, 512] as const;

/** The size with its longest side at `longest`, its proportions kept and no side lost. */
export function sizeWithin({ width, height }: Size, longest: number): Size {
  const scale = longest / Math.max(width, height);
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** The longest sides that make this image smaller. */
export function smallerThan({ width, height }: Size): readonly number[] {
  return LONGEST.filter((longest) => longest < Math.max(width, height));
}
