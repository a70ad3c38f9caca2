"use client";

import { startTransition, useEffect, useState } from "react";

import { whenIdle } from "@/components/ui/when-idle";

/** Rows that fill any screen, and rows that are added at a time after them. */
const FIRST = 3;
const MORE = 4;

/**
 * Index of the first row to draw. A session opens with its newest rows; the others follow from below while the page has
 * nothing better to do, until all are there and the browser's own search finds everything.
 */
export function useDrawnFrom(rowCount: number, session: string): number {
  const [hidden, setHidden] = useState({ session, count: newestOnly(rowCount) });
  const isOther = hidden.session !== session;
  if (isOther) setHidden({ session, count: newestOnly(rowCount) });
  const count = isOther ? newestOnly(rowCount) : hidden.count;
  useEffect(() => {
    if (count === 0) return undefined;
    return whenIdle(() => startTransition(() => setHidden({ session, count: Math.max(0, count - MORE) })));
  }, [session, count]);
  return count;
}

function newestOnly(rowCount: number): number {
  return Math.max(0, rowCount - FIRST);
}
