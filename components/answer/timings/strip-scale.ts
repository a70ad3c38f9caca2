/** The one time axis that all phase strips of a row share. Pure. */
import { isPause, type Phase, workedMs } from "@/lib/stream/figures/phases";

/** ms that the full width of every strip in a row stands for. */
export type StripScale = number;

/** A phase where it is drawn, in fractions of the strip's width. A pause has a place and no width. */
export type DrawnPhase = { readonly phase: Phase; readonly at: number; readonly width: number };

/** The least ms that a full strip stands for, so that the first moments do not fill it. */
const MIN_SCALE_MS = 500;

/** The scale on which every given lane fits. Pass the phases of each lane of the row. */
export function stripScale(lanes: readonly (readonly Phase[])[]): StripScale {
  return Math.max(MIN_SCALE_MS, ...lanes.map(workedMs));
}

/** Where each phase is drawn on a strip that stands for `scaleMs`; nothing is placed outside it. */
export function layOutPhases(lane: readonly Phase[], scaleMs: StripScale): readonly DrawnPhase[] {
  let at = 0;
  return lane.map((phase) => {
    const start = Math.min(at / scaleMs, 1);
    if (!isPause(phase)) at += phase.endMs - phase.startMs;
    return { phase, at: start, width: Math.min(at / scaleMs, 1) - start };
  });
}

/** Where a moment of the turn lies on a strip, in fractions of its width. A moment in a pause lies where the pause stands. */
export function placeOnStrip(lane: readonly Phase[], ms: number, scaleMs: StripScale): number {
  const worked = lane.reduce((sum, phase) => {
    if (isPause(phase)) return sum;
    return sum + Math.min(Math.max(0, ms - phase.startMs), phase.endMs - phase.startMs);
  }, 0);
  return Math.min(worked / scaleMs, 1);
}

/** Where a step begins on a strip, by its number from 1, in fractions of the strip's width. */
export type StepTick = { readonly stepNumber: number; readonly at: number };

/** Less than a number's own width on a narrow lane. */
const LEAST_BETWEEN = 0.04;

/** The beginnings of steps that have room for their number; none where a turn has one step. */
export function stepTicks(drawn: readonly DrawnPhase[], stepCount: number): readonly StepTick[] {
  if (stepCount < 2) return [];
  const ticks: StepTick[] = [];
  let step = -1;
  for (const { phase, at } of drawn) {
    if (isPause(phase) || phase.step <= step) continue;
    step = phase.step;
    const last = ticks.at(-1);
    if (last === undefined || at - last.at >= LEAST_BETWEEN) ticks.push({ stepNumber: step + 1, at });
  }
  return ticks;
}
