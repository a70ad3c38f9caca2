"use client";

import { useEffect, useState } from "react";

/** The least ms between two ticks: more a second nobody reads. */
const TICK_MS = 190;
/** Where nothing is drawn for so many ms, it ticks by itself. */
const QUIET_MS = 250;

/**
 * ms since `startedAt` (epoch ms), about five times a second while live, with a call of `onTick`; stands still otherwise.
 * It ticks together with what `draws` tells of, so that figures need no frames of their own while words come.
 */
export function useNow(
  startedAt: number,
  isLive: boolean,
  draws: (listener: () => void) => () => void,
  onTick: () => void,
): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!isLive) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const tick = () => {
      last = performance.now();
      clearTimeout(timer);
      timer = setTimeout(tick, QUIET_MS);
      setNow(Date.now() - startedAt);
      onTick();
    };
    tick();
    const end = draws(() => {
      if (performance.now() - last >= TICK_MS) tick();
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [startedAt, isLive, draws, onTick]);
  return now;
}
