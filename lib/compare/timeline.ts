/** The answers of a row on one clock. Pure. */
import type { Frame } from "@/lib/inspect/frame";
import { measureGaps, type Stall } from "@/lib/inspect/gaps";
import { lastStepMoment, type Phase, phases } from "@/lib/stream/figures/phases";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Turn } from "@/lib/stream/turn/turn";

export type TickTone = "thought" | "text" | "call";

/** Times are ms on the clock of the row. */
export type TimelineLane = {
  readonly phases: readonly Phase[];
  /** Frames that brought words. */
  readonly ticks: readonly { readonly at: number; readonly tone: TickTone }[];
  readonly tools: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  /** Attempts that failed, each until the next was sent. */
  readonly retries: readonly { readonly from: number; readonly to: number; readonly why: string }[];
  readonly stalls: readonly Stall[];
  /** When the last of it happened. */
  readonly end: number;
};

/** The frames of each attempt of a turn. */
export type TurnFrames = readonly (readonly Pick<Frame, "at" | "kinds" | "words">[])[];

/** A turn on a clock on which it began at `began` ms. */
export function timelineLane(turn: Turn, frames: TurnFrames, began: number): TimelineLane {
  const end = lastStepMoment(turn);
  const tools = turn.steps.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      if (part.type !== "tool-call") return [];
      const name = calledName(part);
      const { status } = part;
      if (status.state === "running")
        return [{ name, from: began + status.startedAt, to: began + Math.max(end, status.startedAt) }];
      if (status.state !== "answered" || status.ranFrom === undefined) return [];
      return [{ name, from: began + status.ranFrom, to: began + status.at }];
    }),
  );
  const list = phases(turn, end).map(({ kind, step, startMs, endMs }) => ({
    kind,
    step,
    startMs: began + startMs,
    endMs: began + endMs,
  }));
  const ticks = frames.flatMap((attempt) =>
    attempt.flatMap(({ at, kinds, words }) => {
      const tone = kinds.find(isTone);
      return words.length === 0 || tone === undefined ? [] : [{ at: began + at, tone }];
    }),
  );
  const retries = turn.steps.flatMap((step) =>
    step.retries.map(({ at, delayMs, error }) => ({
      from: began + at,
      to: began + at + delayMs,
      why: error.message,
    })),
  );
  const stalls = frames
    .flatMap((attempt) => measureGaps(attempt)?.stalls ?? [])
    .map(({ from, to }) => ({ from: began + from, to: began + to }));
  const last = Math.max(
    began + end,
    ...list.slice(-1).map(({ endMs }) => endMs),
    ...tools.map(({ to }) => to),
  );
  return { phases: list, ticks, tools, retries, stalls, end: last };
}

function isTone(kind: string): kind is TickTone {
  return kind === "thought" || kind === "text" || kind === "call";
}

/** Turns that were asked this much later, in ms, are drawn from their own beginning: nobody compares across such a gap. */
const FAR_MS = 60_000;

/** When each turn begins on the clock of its row, in ms; null where it was asked so much later that it stands by itself. */
export function clockOf(createdAt: readonly number[]): readonly (number | null)[] {
  const first = Math.min(...createdAt);
  return createdAt.map((at) => (at - first > FAR_MS ? null : at - first));
}

/** The part of the clock that is seen, in ms. */
export type Window = { readonly from: number; readonly to: number };

/** The least that is seen at once, in ms. */
const LEAST_MS = 2;

/** A window around `at` that shows `factor` times as much; never more than the whole, never outside of it. */
export function zoomed(seen: Window, factor: number, at: number, whole: number): Window {
  const length = Math.min(whole, Math.max(LEAST_MS, (seen.to - seen.from) * factor));
  const share = (at - seen.from) / Math.max(seen.to - seen.from, Number.EPSILON);
  return inside({ from: at - length * share, to: at + length * (1 - share) }, whole);
}

/** The window moved by this many ms, as far as there is something. */
export function panned(seen: Window, by: number, whole: number): Window {
  return inside({ from: seen.from + by, to: seen.to + by }, whole);
}

function inside({ from, to }: Window, whole: number): Window {
  const length = Math.min(whole, to - from);
  const start = Math.min(Math.max(0, from), whole - length);
  return { from: start, to: start + length };
}

/** Round times for an axis: at most `most` of them, in the window. */
export function axisTimes({ from, to }: Window, most: number): readonly number[] {
  const least = (to - from) / Math.max(1, most);
  const decade = 10 ** Math.floor(Math.log10(Math.max(least, 0.1)));
  const step = [1, 2, 5, 10].map((factor) => factor * decade).find((each) => each >= least) ?? 10 * decade;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step);
}
