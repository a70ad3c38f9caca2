"use client";

import { useEffect, useState } from "react";

const TICK_MS = 100;

/** ms since `startedAt` (epoch ms), ten times a second while live, with a call of `onTick`; stands still otherwise. */
export function useNow(startedAt: number, isLive: boolean, onTick: () => void = nothing): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!isLive) return;
    const tick = () => {
      setNow(Date.now() - startedAt);
      onTick();
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt, isLive, onTick]);
  return now;
}

function nothing(): void {}
