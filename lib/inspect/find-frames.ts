/** Which frames a person looks for. Pure. */
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Step } from "@/lib/stream/turn/turn";

import type { Frame, FrameKind, WordRange } from "./frame";

export type FrameFilter = {
  /** Any of these; none = all. */
  readonly kinds: ReadonlySet<FrameKind>;
  /** In the text of the frame, whatever its case; "" = any. */
  readonly search: string;
};

/** Places of the frames that pass, in their order. */
export function findFrames(frames: readonly Frame[], { kinds, search }: FrameFilter): readonly number[] {
  const wanted = search.toLowerCase();
  const found: number[] = [];
  for (const [index, frame] of frames.entries()) {
    if (kinds.size > 0 && !frame.kinds.some((kind) => kinds.has(kind))) continue;
    if (wanted !== "" && !frame.text.toLowerCase().includes(wanted)) continue;
    found.push(index);
  }
  return found;
}

/** Places of the frames that made any of these words. */
export function framesOfWords(frames: readonly Frame[], words: readonly WordRange[]): readonly number[] {
  const isMade = (made: WordRange) =>
    words.some(({ part, from, to }) => made.part === part && made.from < to && from < made.to);
  return frames.flatMap((frame, index) => (frame.words.some(isMade) ? [index] : []));
}

/** How many frames there are of each kind. */
export function countKinds(frames: readonly Frame[]): ReadonlyMap<FrameKind, number> {
  const counts = new Map<FrameKind, number>();
  for (const { kinds } of frames) for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/**
 * When each attempt of a step was sent, in ms since the turn began, in their order. The run's own events have them; of
 * an older turn only the last is known, and of one that still runs that of its step.
 */
export function sendTimes(
  step: Step,
  events: readonly TimedEvent[],
  attempts: number,
): readonly (number | null)[] {
  const sent: number[] = [];
  let isOurs = false;
  for (const { at, event } of events) {
    if (event.type === "step-start") isOurs = event.stepId === step.id;
    if (isOurs && event.type === "step-send") sent.push(at);
  }
  return Array.from({ length: attempts }, (_, index) => {
    const known = sent[index];
    if (known !== undefined) return known;
    if (index === attempts - 1) return step.sentAt;
    const before = index === 0 ? undefined : step.retries[index - 1];
    if (before !== undefined) return before.at + before.delayMs;
    return index === 0 ? step.startedAt : null;
  });
}
