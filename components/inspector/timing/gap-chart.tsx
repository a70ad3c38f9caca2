import { durationWords } from "@/components/inspector/frames/time-words";
import { cn } from "@/components/ui/cn";
import type { Gaps } from "@/lib/inspect/gaps";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";

const HEIGHT_PX = 80;
/** So many edges have room for their words beside each other where the panel is narrow. */
const MOST_EDGES = 7;

/** How long the gaps were: one bar for each range of times, as high as it has gaps. */
export function GapChart({ gaps }: { gaps: Gaps }) {
  const { bars } = gaps;
  const most = Math.max(...bars.map(({ count }) => count));
  const every = Math.ceil(bars.length / MOST_EDGES);
  const words = bars
    .map(({ from, to, count }) => `${rangeWords(from, to)}: ${formatCount(count)}`)
    .join(", ");
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a picture made of elements
      role="img"
      aria-label={`Gaps by their length: ${words}`}
      className="text-muted grid gap-x-[3px] text-[12px] tabular-nums"
      style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 3.25rem))` }}
    >
      {bars.map(({ from, to, count }) => (
        <div
          key={from}
          title={`${rangeWords(from, to)}: ${formatPlural(count, "gap")}`}
          className="border-line-strong grid content-end border-b text-center"
        >
          {count === 0 ? null : formatCount(count)}
          <span
            className={cn("rounded-t-[2px]", from >= gaps.stallFrom ? "bg-warn" : "bg-phase-answer")}
            style={{ height: count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT_PX) }}
          />
        </div>
      ))}
      {bars.map(({ from }, index) => (
        <span key={from} className="pt-0.5 whitespace-nowrap">
          {index % every === 0 ? edgeWords(from) : null}
        </span>
      ))}
    </div>
  );
}

function rangeWords(from: number, to: number): string {
  return Number.isFinite(to)
    ? `${durationWords(from)} to ${durationWords(to)}`
    : `${durationWords(from)} and more`;
}

/** The lower edge of a bar, as short as can be. */
function edgeWords(ms: number): string {
  return ms < 1_000 ? `${String(ms)} ms` : `${String(ms / 1_000)} s`;
}
