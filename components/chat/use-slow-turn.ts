"use client";

import { useState } from "react";

import type { Turn } from "@/lib/stream/turn";

/**
 * A turn for what is read as numbers: while it streams it is new at most once a `tick`, so that figures do not cost
 * work in every frame; once it is over it is exact. A new step is shown at once.
 */
export function useSlowTurn(turn: Turn, live: boolean, tick: number): Turn {
  const [slow, setSlow] = useState({ turn, tick });
  if (slow.turn === turn) return turn;
  const isDue = !live || slow.tick !== tick || slow.turn.steps.length !== turn.steps.length;
  if (!isDue) return slow.turn;
  setSlow({ turn, tick });
  return turn;
}
