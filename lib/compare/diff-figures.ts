import type { Figure } from "@/lib/stream/figures/figure";

/** Below this many in a hundred two numbers are about equal. */
const LEAST_PERCENT = 1;
/** From this factor on a factor is easier to read than a percentage. */
const LEAST_FACTOR = 2;

/** How the second number compares with the first: "+12 %", "−40 %", "3.1 ×", "equal"; "–" where one is unknown. */
export function differenceOf({ value: one }: Figure, { value: other }: Figure): string {
  if (one === null || other === null) return "–";
  if (one === other) return "equal";
  if (one === 0) return "–";
  const factor = other / one;
  if (factor >= LEAST_FACTOR) return `${factor < 9.95 ? factor.toFixed(1) : String(Math.round(factor))} ×`;
  const percent = (factor - 1) * 100;
  if (Math.abs(percent) < LEAST_PERCENT) return "about equal";
  return `${percent < 0 ? "−" : "+"}${String(Math.round(Math.abs(percent)))} %`;
}
