"use client";

import { useContext, useMemo } from "react";

import { AnsweringContext, useAnswerScope } from "@/components/answer/answer-scope";
import { useRunningCalls } from "@/lib/session/hooks/use-call-answer";
import { useLaneSetup } from "@/lib/session/hooks/use-session";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

/** What Go on would do where a lane stopped by itself: how many calls wait, and how many of them it runs. */
export type GoOn = { readonly waiting: number; readonly runs: number };

/** The same for a step; nothing where it did not stop, or no longer waits. */
export function useGoOn({ pause, parts }: Pick<Step, "pause" | "parts">): GoOn {
  const scope = useAnswerScope();
  const isPaused = useContext(AnsweringContext) === "open" && pause !== undefined;
  const { limits } = useLaneSetup(scope.laneId);
  const waiting = useMemo(() => (isPaused ? parts.filter(isWaiting) : []), [isPaused, parts]);
  const ready = useMemo(() => waiting.filter((call) => !isHeld(call)), [waiting]);
  const runs = useRunningCalls(ready, scope, limits.calls);
  return { waiting: waiting.length, runs: scope.readOnly ? 0 : runs };
}

function isWaiting(part: Part): part is ToolCallPart {
  return part.type === "tool-call" && part.status.state === "awaiting-result";
}

/** Its tool ran: it waits for a person's word. */
function isHeld({ status }: ToolCallPart): boolean {
  return status.state === "awaiting-result" && status.held !== undefined;
}
