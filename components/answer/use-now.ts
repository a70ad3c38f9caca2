"use client";

import { useEffect, useState } from "react";

import { useLiveTurns } from "@/lib/session/hooks/use-turn";
import type { TurnId } from "@/lib/session/store/session";

/** The least ms between two ticks. Nobody can read more updates. */
const TICK_MS = 190;
/** After this many ms without text, it ticks with the text of another lane. */
const SILENT_MS = 230;
/** When nothing at all is drawn for this many ms, it ticks by itself. */
const QUIET_MS = 300;

/**
 * ms since a turn began, by the clock that times its events, about five times a second while live; stands still
 * otherwise. With each tick the turn is drawn as it has come so far. It ticks together with the draws that `draws`
 * reports, or with those of other lanes, so that figures need no frames of their own while any lane streams.
 */
export function useNow(turn: TurnId, isLive: boolean, draws: (listener: () => void) => () => void): number {
  const { elapsed, refresh, onDraw } = useLiveTurns();
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!isLive) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const tick = () => {
      last = performance.now();
      clearTimeout(timer);
      timer = setTimeout(tick, QUIET_MS);
      const ms = elapsed(turn);
      if (ms !== null) setNow(ms);
      refresh(turn);
    };
    tick();
    const tickAfter = (ms: number) => () => {
      if (performance.now() - last >= ms) tick();
    };
    const ends = [draws(tickAfter(TICK_MS)), onDraw(tickAfter(SILENT_MS))];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [turn, isLive, draws, elapsed, refresh, onDraw]);
  return now;
}
