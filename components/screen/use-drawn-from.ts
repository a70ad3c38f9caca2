"use client";

import { startTransition, useEffect, useState } from "react";

import { whenIdle } from "@/components/ui/when-idle";

/** Rows that fill any screen, and rows that are added at a time after them. */
const FIRST = 3;
const MORE = 4;

/**
 * Index of the first row to draw. A session opens with its newest rows; the others follow from below while the page has
 * nothing better to do, until all are there and the browser's own search finds everything. The same where many rows come
 * at once, as at the end of a recording.
 */
export function useDrawnFrom(rowCount: number, session: string): number {
  const [seen, setSeen] = useState({ session, rowCount, count: newestOnly(rowCount) });
  const isOther = seen.session !== session;
  const isMany = isOther || rowCount - seen.rowCount > FIRST;
  const count = isMany ? newestOnly(rowCount) : Math.min(seen.count, newestOnly(rowCount));
  if (isOther || seen.rowCount !== rowCount) setSeen({ session, rowCount, count });
  useEffect(() => {
    if (count === 0) return undefined;
    return whenIdle(() =>
      startTransition(() =>
        setSeen((before) => ({ ...before, count: Math.max(0, Math.min(before.count, count - MORE)) })),
      ),
    );
  }, [count]);
  return count;
}

function newestOnly(rowCount: number): number {
  return Math.max(0, rowCount - FIRST);
}
