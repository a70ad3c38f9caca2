"use client";

import { useMemo } from "react";

import { useSession } from "@/lib/session/hooks/use-session";
import type { LaneView } from "@/lib/session/store/lane-view";
import { effectiveSetup, SETTING_KEYS } from "@/lib/session/store/lanes";

/** The lanes as the panels see them. */
export function useLaneViews(): readonly LaneView[] {
  const session = useSession();
  return useMemo(
    () =>
      session.lanes.map((lane, index) => {
        const setup = effectiveSetup(session, lane.id);
        return {
          id: lane.id,
          name: `Lane ${index + 1}: ${setup.model || "no model"}`,
          setup,
          own: new Set(SETTING_KEYS.filter((key) => key in lane.own)),
        };
      }),
    [session],
  );
}
