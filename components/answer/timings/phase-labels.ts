import { formatSeconds } from "@/lib/stream/figures/format-number";
import { isPause, type Phase, type PhaseKind } from "@/lib/stream/figures/phases";

/** What each phase is called. */
export const PHASE_LABELS: Record<PhaseKind, string> = {
  waiting: "waiting for the first token",
  prompt: "reading the prompt",
  thinking: "thinking",
  answer: "answer",
  call: "writing calls",
  "tool-wait": "running tools",
  person: "waiting for a result",
  unsent: "waiting to be sent",
};

/**
 * How each phase is drawn: five colors of equal lightness, distinguished by height and hatching too. Calls and the tools
 * that run for them share a color, full and dotted. Pauses have no width, so they have a mark instead.
 */
export const PHASE_STYLES: Record<PhaseKind, string> = {
  waiting: "h-1/3 bg-phase-waiting",
  prompt: "h-full bg-phase-prompt bg-[repeating-linear-gradient(90deg,transparent_0_3px,var(--bg)_3px_4px)]",
  thinking:
    "h-full bg-phase-thinking bg-[repeating-linear-gradient(135deg,transparent_0_3px,var(--bg)_3px_4px)]",
  answer: "h-full bg-phase-answer",
  call: "h-full bg-phase-tool bg-[repeating-linear-gradient(0deg,transparent_0_3px,var(--bg)_3px_4px)]",
  "tool-wait": "h-1/3 bg-[repeating-linear-gradient(90deg,var(--phase-tool)_0_2px,transparent_2px_4px)]",
  person: "",
  unsent: "",
};

/** One phase in words. */
export function phaseWords(phase: Phase): string {
  const { kind, startMs, endMs } = phase;
  return `${PHASE_LABELS[kind]} ${formatSeconds(endMs - startMs)}${isPause(phase) ? ", not counted" : ""}`;
}

/** The whole strip in one sentence. */
export function phaseSummary(phases: readonly Phase[]): string {
  return phases.length === 0 ? "Phases: none yet" : `Phases: ${phases.map(phaseWords).join(", ")}`;
}
