import { cn } from "@/components/ui/cn";
import { formatSeconds } from "@/lib/stream/figures/format-number";
import type { Phase } from "@/lib/stream/figures/phases";

import { PHASE_LABELS, PHASE_STYLES } from "./phase-labels";

type PhaseTableProps = { phases: readonly Phase[] };

/** All phases of a turn in numbers: when each began, and how long it took. */
export function PhaseTable({ phases }: PhaseTableProps) {
  return (
    <table className="text-muted my-1 text-[13px]">
      <thead className="sr-only">
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">Began at</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {phases.map((phase) => (
          <tr key={`${phase.step} ${phase.startMs}`}>
            <th scope="row" className="pr-4 text-left font-normal">
              <span className="inline-flex items-center gap-2">
                <span aria-hidden className="flex h-4 w-4 items-end pb-px">
                  <span className={cn("w-full", PHASE_STYLES[phase.kind])} />
                </span>
                {PHASE_LABELS[phase.kind]}
              </span>
            </th>
            <td className="figures pr-4 text-right">{`at ${formatSeconds(phase.startMs)}`}</td>
            <td className="figures text-right">{formatSeconds(phase.endMs - phase.startMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
