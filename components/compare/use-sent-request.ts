"use client";

import { useEffect, useState } from "react";

import type { AttemptRecord } from "@/lib/run/record";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useIsLive } from "@/lib/session/hooks/use-turn";
import type { TurnId } from "@/lib/session/store/session";

/** What a step sent: the first attempt stands for all, which send the same. */
export type SentStep =
  | { readonly state: "loading" }
  /** Its request was never sent, or its record is not in this browser. */
  | { readonly state: "none" }
  | { readonly state: "shown"; readonly record: AttemptRecord };

/** Reads what a step sent, again when its turn has settled. An unknown step has sent nothing. */
export function useSentRequest(turn: TurnId, stepId: string | undefined): SentStep {
  const page = usePageActions();
  const isLive = useIsLive(turn);
  const of = `${turn} ${stepId ?? ""} ${String(isLive)}`;
  const [read, setRead] = useState<{ readonly of: string; readonly sent: SentStep } | null>(null);
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      const record = (await page.recordsOf(turn)).find((each) => each.stepId === stepId);
      if (!isOver)
        setRead({ of, sent: record === undefined ? { state: "none" } : { state: "shown", record } });
    };
    void load();
    return () => {
      isOver = true;
    };
  }, [page, turn, stepId, of]);
  return read?.of === of ? read.sent : { state: "loading" };
}
