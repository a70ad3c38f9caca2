import type { Turn } from "@/lib/stream/turn/turn";

import type { Clock } from "./ports";

/** ms since a turn began. Never runs backwards. */
export type TurnClock = () => number;

/**
 * A clock for a turn that begins or goes on now. A later step, also one after a reload, counts from the
 * turn's start by the wall, and never before what the turn already holds.
 */
export function openTurnClock(createdAt: number, turn: Turn, clock: Clock): TurnClock {
  const zero = clock.now();
  const passed = Math.max(0, clock.wall() - createdAt, lastMoment(turn));
  return () => passed + (clock.now() - zero);
}

/** The latest time in a turn, in ms since it began. */
export function lastMoment(turn: Turn): number {
  let last = 0;
  for (const step of turn.steps) {
    last = Math.max(last, step.startedAt, step.sentAt ?? 0, step.lastTokenAt ?? 0, step.endedAt ?? 0);
    for (const part of step.parts) {
      last = Math.max(last, part.startedAt, part.endedAt ?? 0);
      if (part.type === "tool-call" && part.status.state === "answered")
        last = Math.max(last, part.status.at);
    }
  }
  return last;
}
