import { formatSeconds } from "@/lib/stream/figures/format-number";
import type { Phase, PhaseKind } from "@/lib/stream/figures/phases";

/** What each phase is called. */
export const PHASE_LABELS: Record<PhaseKind, string> = {
  waiting: "waiting for the first token",
  prompt: "reading the prompt",
  thinking: "thinking",
  answer: "answer",
  call: "writing calls",
  "tool-wait": "waiting for tool results",
};

/**
 * How each phase is drawn: five colors of equal lightness, told apart by height and hatching too. Calls and
 * the wait for their results share a color, solid and dotted.
 */
export const PHASE_STYLES: Record<PhaseKind, string> = {
  waiting: "h-1 bg-phase-waiting",
  prompt: "h-2 bg-phase-prompt bg-[repeating-linear-gradient(90deg,transparent_0_3px,var(--bg)_3px_4px)]",
  thinking:
    "h-2.5 bg-phase-thinking bg-[repeating-linear-gradient(135deg,transparent_0_3px,var(--bg)_3px_4px)]",
  answer: "h-3.5 bg-phase-answer",
  call: "h-3.5 bg-phase-tool bg-[repeating-linear-gradient(0deg,transparent_0_3px,var(--bg)_3px_4px)]",
  "tool-wait": "h-1.5 bg-[repeating-linear-gradient(90deg,var(--phase-tool)_0_2px,transparent_2px_4px)]",
};

/** The whole strip in one sentence. */
export function phaseSummary(phases: readonly Phase[]): string {
  if (phases.length === 0) return "Phases: none yet";
  const spans = phases.map(
    ({ kind, startMs, endMs }) => `${PHASE_LABELS[kind]} ${formatSeconds(endMs - startMs)}`,
  );
  return `Phases: ${spans.join(", ")}`;
}
