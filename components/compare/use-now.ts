"use client";

import { useEffect, useState } from "react";

const TICK_MS = 100;

/** ms since `startedAt` (epoch ms), ten times a second while live; stands still otherwise. */
export function useNow(startedAt: number, isLive: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!isLive) return;
    const tick = () => setNow(Date.now() - startedAt);
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt, isLive]);
  return now;
}
