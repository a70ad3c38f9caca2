import { Hourglass, LoaderCircle } from "lucide-react";

import { formatSeconds } from "@/lib/stream/figures/format-number";
import type { Step } from "@/lib/stream/turn/turn";

import { statusLabel } from "./status-label";

type StepStatusLineProps = { step: Step; now: number };

/** What a step does before its first token. As high as a thought's heading, which takes its place. */
export function StepStatusLine({ step, now }: StepStatusLineProps) {
  const label = statusLabel(step, now);
  if (label === null) return null;
  return (
    <p className="text-muted flex min-h-7 flex-wrap items-center gap-x-2">
      {step.status.state === "queued" ? (
        <Hourglass size={14} aria-hidden className="shrink-0" />
      ) : (
        <LoaderCircle size={14} aria-hidden className="shrink-0 animate-spin [animation-duration:1.6s]" />
      )}
      <output>{label.say}</output>
      {/* Numbers that tick are for the eye: spoken five times a second they would drown the rest. */}
      {label.numbers === "" ? null : <span className="figures">{label.numbers}</span>}
      {label.since === null ? null : (
        <span className="figures text-faint" aria-hidden>
          {formatSeconds(Math.max(0, now - label.since))}
        </span>
      )}
    </p>
  );
}
