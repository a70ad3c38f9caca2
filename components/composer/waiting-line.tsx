"use client";

import { useMemo } from "react";

import { Button } from "@/components/ui/button";
import { useHasDraft } from "@/lib/session/hooks/use-session";
import type { LaneId, Row, SendTarget } from "@/lib/session/store/session";
import { waitingCalls } from "@/lib/session/store/waiting-calls";
import { formatCount } from "@/lib/stream/figures/format-number";

type WaitingLineProps = {
  rows: readonly Row[];
  target: SendTarget;
  /** Shows the lane of the first waiting call. */
  onGo: (lane: LaneId) => void;
};

/** Says, before a prompt is sent over them, that calls still wait for their results. */
export function WaitingLine({ rows, target, onGo }: WaitingLineProps) {
  const hasDraft = useHasDraft();
  const waiting = useMemo(
    () =>
      rows
        .flatMap((_, index) => waitingCalls(rows, index))
        .filter(({ lane }) => target === "all" || target === lane),
    [rows, target],
  );
  const first = waiting[0];
  if (!hasDraft || first === undefined) return null;
  return (
    <p className="text-warn flex flex-wrap items-center gap-x-2 px-1 pt-1.5 text-[13px]">
      {waiting.length === 1
        ? "1 call is still waiting for a result. Running now skips it."
        : `${formatCount(waiting.length)} calls are still waiting for a result. Running now skips them.`}
      <Button size="small" onClick={() => onGo(first.lane)}>
        {waiting.length === 1 ? "Go to it" : "Go to the first"}
      </Button>
    </p>
  );
}
