"use client";

import { useEffect, useMemo, useState } from "react";

import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { checkInWorker } from "@/lib/tools/schema/check-in-worker";
import type { LateCheck } from "@/lib/tools/schema/check-queue";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type ArgumentsVerdict, judgeArguments, lateVerdict } from "./call-state";

/** What the schema of its tool says to a call's arguments; where that may take long, "checking" until a worker knows. */
export function useVerdict(call: ToolCallPart, tool: ToolDefinition | null): ArgumentsVerdict {
  const first = useMemo(() => judgeArguments(call, tool), [call, tool]);
  const [late, setLate] = useState<{
    readonly to: ArgumentsVerdict;
    readonly verdict: ArgumentsVerdict;
  } | null>(null);
  const { status } = call;
  const input = call.edit?.text ?? call.input;
  const isComplete = status.state !== "input-streaming" && status.state !== "unfinished";
  const value = isComplete && status.args.valid ? status.args.value : undefined;
  useEffect(() => {
    if (first.kind !== "checking" || tool === null || value === undefined) return undefined;
    let isWanted = true;
    const settle = (check: LateCheck) => {
      if (isWanted) setLate({ to: first, verdict: lateVerdict(check, tool) });
    };
    void checkInWorker(tool.parameters, value, input).then(settle);
    return () => {
      isWanted = false;
    };
  }, [first, tool, value, input]);
  return late?.to === first ? late.verdict : first;
}
