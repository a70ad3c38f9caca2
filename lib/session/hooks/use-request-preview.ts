"use client";

import { useMemo } from "react";

import { type RequestPreview, requestPreview } from "@/lib/session/run/request-preview";
import type { LaneId } from "@/lib/session/store/session";

import { lastOf } from "./last-of";
import { useAppState } from "./session-context";

/** The request that a lane would send now for the draft; null without a model. */
export function useRequestPreview(lane: LaneId): RequestPreview | null {
  const pick = useMemo(() => lastOf(requestPreview), []);
  return useAppState(({ session, person, turns, servers }) => pick(lane, session, person, turns, servers));
}
