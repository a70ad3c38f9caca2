/** The one time axis that all phase strips of a row share. Pure. */
import type { Phase } from "@/lib/stream/figures/phases";

/** ms that the full width of every strip in a row stands for. */
export type StripScale = number;

/** A phase where it is drawn, in fractions of the strip's width. `cut` = drawn shorter than it was. */
export type DrawnPhase = {
  readonly phase: Phase;
  readonly at: number;
  readonly width: number;
  readonly cut: boolean;
};

/** ms at which a wait for a tool is cut: a person may take minutes to type a result, and models take seconds. */
const TOOL_WAIT_CUT_MS = 250;
/** The least ms that a full strip stands for, so that the first moments do not fill it. */
const MIN_SCALE_MS = 500;

/** The scale on which every given lane fits. Pass the phases of each lane of the row. */
export function stripScale(lanes: readonly (readonly Phase[])[]): StripScale {
  return Math.max(MIN_SCALE_MS, ...lanes.map((lane) => lane.reduce((sum, phase) => sum + drawnMs(phase), 0)));
}

/** Where each phase is drawn on a strip that stands for `scaleMs`; nothing is placed outside it. */
export function placePhases(lane: readonly Phase[], scaleMs: StripScale): readonly DrawnPhase[] {
  let at = 0;
  return lane.map((phase) => {
    const length = drawnMs(phase);
    const start = Math.min(at / scaleMs, 1);
    const end = Math.min((at + length) / scaleMs, 1);
    at += length;
    return { phase, at: start, width: end - start, cut: length < phase.endMs - phase.startMs };
  });
}

/** Round times (ms) for the marks of the axis: one to four of them, evenly spaced from 0. */
export function axisMarks(scaleMs: StripScale): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(scaleMs / 2));
  const step = [5, 2, 1].map((factor) => factor * power).find((size) => size * 2 <= scaleMs) ?? power;
  const marks = [];
  for (let at = step; at < scaleMs; at += step) marks.push(at);
  return marks;
}

function drawnMs(phase: Phase): number {
  const length = phase.endMs - phase.startMs;
  return phase.kind === "tool-wait" ? Math.min(length, TOOL_WAIT_CUT_MS) : length;
}
