import { LoaderCircle } from "lucide-react";

import { showMarks } from "@/lib/markdown/visible-marks";
import type { Step } from "@/lib/stream/turn/turn";

/** More names than this are counted. */
const MOST_NAMES = 3;

/** That a lane waits for its tools. As high as the line of a step that waits for its server, which follows. */
export function ToolsRunningLine({ step }: { step: Step }) {
  return (
    <p className="answer-part text-muted flex min-h-7 flex-wrap items-center gap-x-2">
      <LoaderCircle size={14} aria-hidden className="shrink-0 animate-spin [animation-duration:1.6s]" />
      <output className="[overflow-wrap:anywhere]">{runningWords(step)}</output>
    </p>
  );
}

/** "running weather and add…" */
export function runningWords({ parts }: Pick<Step, "parts">): string {
  const names = parts.flatMap((part) =>
    part.type === "tool-call" && part.status.state === "running" ? [part.name.trim()] : [],
  );
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const shown = [...counts]
    .slice(0, MOST_NAMES)
    .map(([name, count]) => (count === 1 ? showMarks(name) : `${showMarks(name)} × ${count}`));
  const more = counts.size - shown.length;
  return `running ${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ")}…`;
}
