import { PHASE_LABELS } from "@/components/answer/timings/phase-labels";
import { durationWords } from "@/components/inspector/frames/time-words";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount, formatSeconds } from "@/lib/stream/figures/format-number";

import type { NamedLane } from "./timeline-drawing";

/** What the timeline draws, in words and numbers, in the order in which it happened. */
export function TimelineTable({ lanes }: { lanes: readonly NamedLane[] }) {
  return (
    <div className="relative overflow-x-auto">
      <table aria-label="Timeline in words" className="text-muted w-full max-w-160 text-[13px] tabular-nums">
        <thead>
          <tr className="border-line border-b text-left">
            {["Lane", "What", "From", "Took"].map((name, index) => (
              <th
                key={name}
                scope="col"
                className={index > 1 ? "pb-1 pl-4 text-right font-normal" : "pr-4 pb-1 font-normal"}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.flatMap((lane) =>
            rowsOf(lane).map(({ what, from, to }, index) => (
              <tr key={`${lane.name} ${what} ${String(from)} ${String(to)}`} className="align-top">
                <th scope="row" className="text-text py-0.5 pr-4 text-left font-normal whitespace-nowrap">
                  <span className={index === 0 ? undefined : "sr-only"}>{showMarks(lane.name)}</span>
                </th>
                <td className="py-0.5 pr-4 [overflow-wrap:anywhere]">{what}</td>
                <td className="py-0.5 pl-4 text-right whitespace-nowrap">{formatSeconds(from)}</td>
                <td className="text-text py-0.5 pl-4 text-right whitespace-nowrap">
                  {durationWords(to - from)}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

type Row = { readonly what: string; readonly from: number; readonly to: number };

function rowsOf({ phases, tools, retries, stalls, ticks }: NamedLane): readonly Row[] {
  const between = (from: number, to: number) => ticks.filter(({ at }) => at >= from && at < to).length;
  return [
    ...phases.map(({ kind, step, startMs: from, endMs: to }) => {
      const frames = between(from, to);
      const words = frames === 0 ? "" : `, ${formatCount(frames)} frames`;
      return { what: `step ${String(step + 1)}: ${PHASE_LABELS[kind]}${words}`, from, to };
    }),
    ...tools.map(({ name, from, to }) => ({ what: `tool ${showMarks(name)} ran`, from, to })),
    ...retries.map(({ why, from, to }) => ({
      what: `attempt failed, sent again: ${showMarks(why)}`,
      from,
      to,
    })),
    ...stalls.map(({ from, to }) => ({ what: "stall: nothing came", from, to })),
  ].toSorted((a, b) => a.from - b.from);
}
