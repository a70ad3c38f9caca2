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

/** A round time on the axis of a strip, in ms, and where it lies, in fractions of the strip's width. */
export type TimeTick = { readonly ms: number; readonly at: number };

/** Fewer parts than this say little. */
const LEAST_PARTS = 3;

/** The round times that part an axis into three to seven: 0.5, 1, 1.5 and 2 s on one of two seconds. */
export function timeTicks(scaleMs: StripScale): readonly TimeTick[] {
  const part = roundPart(scaleMs / LEAST_PARTS);
  const count = Math.floor(scaleMs / part + 1e-9);
  return Array.from({ length: count }, (_, index) => {
    const ms = Math.round(part * (index + 1));
    return { ms, at: ms / scaleMs };
  });
}

/** The greatest of 1, 2, 5, 10, 20 … that is no more than this. */
function roundPart(most: number): number {
  const decade = 10 ** Math.floor(Math.log10(most) + 1e-9);
  return decade * ([5, 2].find((factor) => decade * factor <= most + 1e-9) ?? 1);
}

/** The least of a strip's width in which the number of a tick stands, on a narrow lane. */
const NUMBER_WIDTH = 0.11;

/** The ticks that have room for their number beside what is drawn. */
export function numberedTicks(ticks: readonly TimeTick[], drawn: readonly DrawnPhase[]): readonly TimeTick[] {
  const last = drawn.at(-1);
  const end = last === undefined ? 0 : last.at + last.width;
  return ticks.filter(({ at }) => at - end >= NUMBER_WIDTH);
}
