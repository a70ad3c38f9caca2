"use client";

/** How components read what answers the calls of a lane. */
import { useMemo } from "react";

import { offeredTools } from "@/lib/run/offered-tools";
import type { AppState } from "@/lib/session/store/app-state";
import type { LaneId, TurnId } from "@/lib/session/store/session";
import { pathOf } from "@/lib/session/store/turn-tree";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { boundTool, calledTool, type CallAnswer, callAnswer, isCounted } from "@/lib/tools/bound-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

import { useAppState } from "./session-context";
import { useLaneSetup, useTools } from "./use-session";

type Place = { readonly turnId: TurnId; readonly laneId: LaneId };

/** What each of these calls can get in its lane, and who answers there. */
export function useCallAnswers(
  calls: readonly ToolCallPart[],
  { turnId, laneId }: Place,
): { readonly answers: readonly CallAnswer[]; readonly answeredBy: "tools" | "person" } {
  const { answerOf, answeredBy } = useAnswerOf(calls, { turnId, laneId });
  const answers = useMemo(() => calls.map(answerOf), [calls, answerOf]);
  return { answers, answeredBy };
}

/** How many of these calls would run without a press; `most` and any number above it are the same. */
export function useRunningCalls(calls: readonly ToolCallPart[], place: Place, most: number): number {
  const { answerOf, answeredBy } = useAnswerOf(calls, place);
  return useMemo(() => {
    if (answeredBy === "person") return 0;
    let count = 0;
    for (const call of calls) {
      if (count >= most) break;
      const answer = answerOf(call);
      if (answer.kind === "run" && answer.isFree) count += 1;
    }
    return count;
  }, [calls, answerOf, answeredBy, most]);
}

/** The tool that a call of a turn names: of two with one name the one that the turn offered; null = there is none. */
export function useCalledTool({ name }: ToolCallPart, turnId: TurnId): ToolDefinition | null {
  const tools = useTools();
  const sent = useAppState((state) => state.turns.get(turnId)?.setup.tools) ?? NO_TOOLS;
  return useMemo(() => calledTool({ name }, tools, sent), [name, tools, sent]);
}

/** What any of these calls can get: asked call by call, since a step may have thousands. */
function useAnswerOf(calls: readonly ToolCallPart[], { turnId, laneId }: Place) {
  const tools = useTools();
  const now = useLaneSetup(laneId);
  const sent = useAppState((state) => state.turns.get(turnId)?.setup) ?? now;
  const { bindings, answeredBy } = now;
  const allowed = useAppState((state) => state.allowed);
  const offered = useMemo(() => offeredTools(sent, now, tools), [sent, now, tools]);
  const needsBranch = useMemo(
    () => calls.some((call) => isCounted(boundTool(call, { tools, bindings, offered })?.binding)),
    [calls, tools, bindings, offered],
  );
  const turns = useAppState((state) => (needsBranch ? state.turns : NO_TURNS));
  const answerOf = useMemo(() => {
    const branch = pathOf(turns, turnId).map(({ turn }) => turn);
    const lane = {
      tools,
      bindings,
      offered,
      turns: () => branch,
      isAllowed: (key: string) => allowed.has(key),
    };
    return (call: ToolCallPart): CallAnswer => callAnswer(call, lane);
  }, [tools, bindings, offered, allowed, turns, turnId]);
  return { answerOf, answeredBy };
}

const NO_TOOLS: readonly string[] = [];
const NO_TURNS: AppState["turns"] = new Map();
