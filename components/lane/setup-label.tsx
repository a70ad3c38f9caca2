"use client";

import { createContext, memo, useContext, useMemo } from "react";

import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup, ToolDefinition } from "@/lib/providers/provider";
import type { TurnRecord } from "@/lib/session/store/session";

import { setupWords } from "./setup-words";

type LaneNow = { readonly setup: LaneSetup; readonly tools: readonly ToolDefinition[] };

/** What the lane around an answer is set to now. */
export const LaneNowContext = createContext<LaneNow | null>(null);

/** Says what made an answer where the lane's header says something else by now. */
export const SetupLabel = memo(function SetupLabel({ record }: { record: TurnRecord }) {
  const now = useContext(LaneNowContext);
  const words = useMemo(() => (now === null ? "" : setupWords(record, now.setup, now.tools)), [record, now]);
  if (words === "") return null;
  return <p className="text-muted pt-0.5 pb-1 text-[13px] [overflow-wrap:anywhere]">{showMarks(words)}</p>;
});
