import { cn } from "@/components/ui/cn";
import { formatSeconds } from "@/lib/stream/figures/format-number";
import { isPause, type Phase, workedMs } from "@/lib/stream/figures/phases";

import { PHASE_LABELS, PHASE_STYLES } from "./phase-labels";
import { BreakMark } from "./phase-strip";

type PhaseTableProps = { phases: readonly Phase[]; stepCount: number };

/** All phases of a turn in numbers, and the legend of its strip: what each is, when it began, how long it took. */
export function PhaseTable({ phases, stepCount }: PhaseTableProps) {
  return (
    <table aria-label="Phases" className="text-muted w-full max-w-110">
      <thead className="sr-only">
        <tr>
          <th scope="col">Phase</th>
          {stepCount > 1 ? <th scope="col">Step</th> : null}
          <th scope="col">Began at</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {phases.map((phase, index) => (
          <tr key={`${phase.step} ${phase.startMs}`}>
            <th scope="row" className="py-0.5 pr-3 text-left font-normal">
              <span className="flex items-center gap-2">
                <Swatch phase={phase} />
                {PHASE_LABELS[phase.kind]}
              </span>
            </th>
            {stepCount > 1 ? <td className="pr-3 whitespace-nowrap">{`step ${phase.step + 1}`}</td> : null}
            <td className="pr-3 text-right whitespace-nowrap tabular-nums">
              {isPause(phase) ? "not counted" : `at ${formatSeconds(workedMs(phases.slice(0, index)))}`}
            </td>
            <td
              className={cn("text-right whitespace-nowrap tabular-nums", isPause(phase) ? "" : "text-text")}
            >
              {formatSeconds(phase.endMs - phase.startMs)}
            </td>
          </tr>
        ))}
        <tr className="border-line border-t">
          <th scope="row" colSpan={stepCount > 1 ? 3 : 2} className="pt-0.5 text-left font-normal">
            total
          </th>
          <td className="text-text text-right whitespace-nowrap tabular-nums">
            {formatSeconds(workedMs(phases))}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Swatch({ phase }: { phase: Phase }) {
  return (
    <span aria-hidden className="flex h-[12px] w-4 shrink-0 items-center justify-center">
      {isPause(phase) ? (
        <BreakMark />
      ) : (
        <span className={cn("w-full rounded-[2px]", PHASE_STYLES[phase.kind])} />
      )}
    </span>
  );
}
