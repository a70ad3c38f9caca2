"use client";

import { useMemo } from "react";

import { stripScale } from "@/components/answer/timings/strip-scale";
import { useTurns } from "@/lib/session/hooks/use-turn";
import type { Row, TurnId } from "@/lib/session/store/session";
import { lastStepMoment, phases } from "@/lib/stream/figures/phases";
import type { Turn } from "@/lib/stream/turn/turn";

/** For each row the ms that a full phase strip stands for, one for all its lanes. Changes in rare steps, also while they stream. */
export function useRowScales(rows: readonly Row[]): readonly number[] {
  const ids = useMemo(() => rows.map((row) => [...row.turns.values()].map((turn) => turn.id)), [rows]);
  const all = useMemo(() => ids.flat(), [ids]);
  // A joined string compares by value: components draw again only when a scale has changed.
  const joined = useTurns(all, (read) => ids.map((row) => scaleOf(row, read)).join(" "));
  return useMemo(() => (joined === "" ? [] : joined.split(" ").map(Number)), [joined]);
}

function scaleOf(row: readonly TurnId[], read: (id: TurnId) => Turn): number {
  return axisEndMs(stripScale(row.map((id) => phasesSoFar(read(id)))));
}

const known = new WeakMap<Turn, ReturnType<typeof phases>>();

/** The phases of a turn up to its last token. Settled turns are read once. */
function phasesSoFar(turn: Turn): ReturnType<typeof phases> {
  const found = known.get(turn);
  if (found !== undefined) return found;
  const list = phases(turn, lastStepMoment(turn));
  known.set(turn, list);
  return list;
}

const FIRST_MS = 500;
const FACTORS = [1, 1.2, 1.6, 2, 3, 4, 6, 8] as const;

/** The end of a time axis that holds `lengthMs`: 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 4, 5 … s, so that it grows in rare steps and never with each frame. */
export function axisEndMs(lengthMs: number): number {
  for (let decade = FIRST_MS; ; decade *= 10) {
    for (const factor of FACTORS) if (decade * factor >= lengthMs) return decade * factor;
  }
}
