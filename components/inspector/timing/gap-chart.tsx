import { durationWords } from "@/components/inspector/frames/time-words";
import type { Gaps } from "@/lib/inspect/gaps";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";

const HEIGHT = 72;
const BAR = 34;
const BETWEEN = 3;

/** How long the gaps were: one bar for each range of times, as high as it has gaps. */
export function GapChart({ gaps }: { gaps: Gaps }) {
  const { bars } = gaps;
  const most = Math.max(...bars.map(({ count }) => count));
  const width = bars.length * (BAR + BETWEEN);
  const words = bars
    .map(({ from, to, count }) => `${rangeWords(from, to)}: ${formatCount(count)}`)
    .join(", ");
  return (
    <svg
      role="img"
      aria-label={`Gaps by their length: ${words}`}
      viewBox={`0 0 ${String(width)} ${String(HEIGHT + 30)}`}
      className="w-full max-w-[34rem]"
    >
      {bars.map(({ from, to, count }, index) => {
        const height = count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT);
        const x = index * (BAR + BETWEEN);
        return (
          <g key={from}>
            <title>{`${rangeWords(from, to)}: ${formatPlural(count, "gap")}`}</title>
            <rect
              x={x}
              y={12 + HEIGHT - height}
              width={BAR}
              height={height}
              rx={1}
              className={from >= gaps.stallFrom ? "fill-warn" : "fill-phase-answer"}
            />
            {count === 0 ? null : (
              <text
                x={x + BAR / 2}
                y={8 + HEIGHT - height}
                textAnchor="middle"
                className="fill-muted text-[9px] tabular-nums"
              >
                {formatCount(count)}
              </text>
            )}
            <text x={x} y={HEIGHT + 24} textAnchor="start" className="fill-muted text-[9px] tabular-nums">
              {edgeWords(from)}
            </text>
          </g>
        );
      })}
      <line x1={0} x2={width} y1={HEIGHT + 12.5} y2={HEIGHT + 12.5} className="stroke-line-strong" />
    </svg>
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
