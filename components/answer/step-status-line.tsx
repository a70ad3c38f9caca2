import { Hourglass, LoaderCircle } from "lucide-react";

import { formatCount, formatSeconds } from "@/lib/stream/figures/format-number";
import type { QueuedBehind } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import { statusInWords } from "./error-hint";

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
      <output>{label.spoken}</output>
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

/** What a step is waiting for: `spoken` is read out once, `numbers` change too often for that. */
export type StatusLabel = {
  readonly spoken: string;
  readonly numbers: string;
  /** ms on the turn's axis at which this began; null where the numbers include the time themselves */
  readonly since: number | null;
};

const WAITS = {
  server: "queued: another lane is using this server",
  stream: "queued: 5 answers are already streaming",
} as const satisfies Record<QueuedBehind, string>;

/** The label of a step that has shown nothing yet; null once it has parts or has ended. `now` in ms on the turn's axis. */
export function statusLabel(step: Step, now: number): StatusLabel | null {
  const since = step.sentAt ?? step.startedAt;
  switch (step.status.state) {
    case "queued":
      // It is sent at once unless it has to wait: nothing is claimed before that is known.
      return {
        spoken: step.status.behind === null ? "waiting for the server" : WAITS[step.status.behind],
        numbers: "",
        since: step.startedAt,
      };
    case "connecting":
      return step.headAt === null
        ? { spoken: "waiting for the server", numbers: "", since }
        : { spoken: "waiting for the first token", numbers: "", since };
    case "retrying": {
      const { attempt, of, delayMs, error, at } = step.status.retry;
      const left = Math.ceil(Math.max(0, at + delayMs - now) / 1000);
      const cause = statusInWords(error) ?? error.code;
      return { spoken: "retry", numbers: `${attempt}/${of} in ${left} s, after ${cause}`, since: null };
    }
    case "reading-prompt":
      return { spoken: "reading the prompt", numbers: promptNumbers(step), since };
    case "thinking":
    case "answering":
    case "calling":
      return step.parts.length > 0 ? null : { spoken: "waiting for the first token", numbers: "", since };
    case "done":
    case "truncated":
    case "stopped":
    case "failed":
      return null;
  }
}

function promptNumbers(step: Step): string {
  const progress = step.promptProgress;
  if (progress === null) return "";
  const read = `${formatCount(progress.processed)} / ${formatCount(progress.total)}`;
  return progress.cached > 0 ? `${read} (cached ${formatCount(progress.cached)})` : read;
}
