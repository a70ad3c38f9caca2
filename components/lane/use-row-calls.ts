"use client";

import { useMemo } from "react";

import type { RowCalls } from "@/components/answer/tool/row-calls";
import { useActions } from "@/lib/session/hooks/use-session";
import type { Row } from "@/lib/session/store/session";

import { waitingCalls } from "./waiting-calls";

/** The calls of a row that wait for a result, and how they are given one. */
export function useRowCalls(rows: readonly Row[], index: number): RowCalls {
  const { submitResult } = useActions();
  return useMemo(() => {
    const waiting = waitingCalls(rows, index);
    return {
      waiting,
      give: (calls, output, isError, origin) => {
        for (const call of waiting) {
          if (calls.includes(call))
            submitResult(call.turn, call.stepId, call.callId, output, isError, origin);
        }
      },
    };
  }, [rows, index, submitResult]);
}
