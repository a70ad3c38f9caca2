import { durationWords } from "@/components/inspector/frames/time-words";
import type { Stall } from "@/lib/inspect/gaps";

type StepStripProps = {
  /** Each ms since the turn began. */
  sentAt: number;
  endAt: number;
  /** When words came. */
  times: readonly { readonly at: number; readonly tone: string }[];
  stalls: readonly Stall[];
};

/** Ticks that are drawn; more would stand on each other. */
const TICKS = 600;

/** An attempt from its sending to its end: a tick for each piece that came, and a mark on each stall. */
export function StepStrip({ sentAt, endAt, times, stalls }: StepStripProps) {
  const length = Math.max(1, endAt - sentAt);
  const share = (at: number) => `${String(((at - sentAt) / length) * 100)}%`;
  const drawn = thinned(times, sentAt, length);
  return (
    <div>
      <svg
        role="img"
        aria-label={`Pieces on a time axis of ${durationWords(length)}, with ${String(stalls.length)} stalls marked`}
        className="bg-sunken rounded-inner block h-6 w-full"
      >
        {stalls.map(({ from, to }) => (
          <rect
            key={from}
            x={share(from)}
            y="0"
            width={share(sentAt + to - from)}
            height="100%"
            className="fill-warn"
            fillOpacity={0.25}
          >
            <title>{`Stall: nothing for ${durationWords(to - from)}`}</title>
          </rect>
        ))}
        {drawn.map(({ at, tone }) => (
          <line key={at} x1={share(at)} x2={share(at)} y1="20%" y2="80%" stroke={tone} strokeWidth={1} />
        ))}
      </svg>
      <div aria-hidden className="text-faint flex justify-between text-[12px] tabular-nums">
        <span>sent</span>
        <span>{durationWords(length)}</span>
      </div>
    </div>
  );
}

/** One piece for each place on the strip. */
function thinned(times: StepStripProps["times"], sentAt: number, length: number): StepStripProps["times"] {
  const seen = new Map<number, StepStripProps["times"][number]>();
  for (const time of times) seen.set(Math.round(((time.at - sentAt) / length) * TICKS), time);
  return [...seen.values()];
}
