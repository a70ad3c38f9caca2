"use client";

/** How components read what answers the calls of a lane. */
import { useMemo } from "react";

import type { AppState } from "@/lib/session/store/app-state";
import type { LaneId, TurnId } from "@/lib/session/store/session";
import { pathOf } from "@/lib/session/store/turn-tree";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { type CallAnswer, callAnswer, boundTool } from "@/lib/tools/bound-tool";

import { useAppState } from "./session-context";
import { useLaneSetup, useTools } from "./use-session";

type Place = { readonly turnId: TurnId; readonly laneId: LaneId };

/** What each of these calls can get in its lane, and who answers there. */
export function useCallAnswers(
  calls: readonly ToolCallPart[],
  { turnId, laneId }: Place,
): { readonly answers: readonly CallAnswer[]; readonly answeredBy: "tools" | "person" } {
  const tools = useTools();
  const { bindings, answeredBy } = useLaneSetup(laneId);
  const allowed = useAppState((state) => state.allowed);
  const needsBranch = calls.some((call) => boundTool(call, { tools, bindings })?.binding.kind === "mock");
  const turns = useAppState((state) => (needsBranch ? state.turns : NO_TURNS));
  const answers = useMemo(() => {
    const branch = pathOf(turns, turnId).map(({ turn }) => turn);
    const lane = { tools, bindings, turns: () => branch, isAllowed: (key: string) => allowed.has(key) };
    return calls.map((call) => callAnswer(call, lane));
  }, [calls, tools, bindings, allowed, turns, turnId]);
  return { answers, answeredBy };
}

const NO_TURNS: AppState["turns"] = new Map();
