"use client";

import { useMemo } from "react";

import { stripScale } from "@/components/answer/timings/strip-scale";
import { useTurns } from "@/lib/session/hooks/use-turn";
import type { Row, TurnId } from "@/lib/session/store/session";
import { phases } from "@/lib/stream/figures/phases";
import type { Turn } from "@/lib/stream/turn/turn";

import { axisEndMs } from "./axis-end";

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

/** The phases of a turn up to its last token: settled turns are told once. */
function phasesSoFar(turn: Turn): ReturnType<typeof phases> {
  const told = known.get(turn);
  if (told !== undefined) return told;
  const last = turn.steps.at(-1);
  const now = last === undefined ? 0 : (last.endedAt ?? last.lastTokenAt ?? last.sentAt ?? last.startedAt);
  const list = phases(turn, now);
  known.set(turn, list);
  return list;
}
