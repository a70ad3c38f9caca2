"use client";

import { useCallback, useLayoutEffect, useState } from "react";

import type { LaneId } from "@/lib/session/store/session";

type Shown = { readonly lane: LaneId | null; readonly onShown: (() => void) | null };

/** The lane that a narrow screen shows; null = none was chosen. `showLane` calls `onShown` once the lane is on screen. */
export function useNarrowLane(): {
  readonly narrowLane: LaneId | null;
  readonly showLane: (lane: LaneId, onShown?: () => void) => void;
} {
  const [{ lane, onShown }, setShown] = useState<Shown>({ lane: null, onShown: null });
  const showLane = useCallback(
    (shown: LaneId, then?: () => void) => setShown({ lane: shown, onShown: then ?? null }),
    [],
  );
  useLayoutEffect(() => onShown?.(), [onShown]);
  return { narrowLane: lane, showLane };
}
