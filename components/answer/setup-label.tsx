"use client";

import { createContext, memo, useContext, useMemo } from "react";

import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";
import { pastSetup } from "@/lib/session/run/past-setup";
import type { SettingKey, TurnRecord } from "@/lib/session/store/session";
import { settingChips } from "@/lib/session/store/setting-chips";
import type { ToolDefinition } from "@/lib/tools/tool";

type LaneNow = { readonly setup: LaneSetup; readonly tools: readonly ToolDefinition[] };

/** What the lane around an answer is set to now. */
export const LaneNowContext = createContext<LaneNow | null>(null);

/** Shown on paper and in presentation mode alone, where the line of numbers is not. */
export const ALONE = "hidden print:block in-data-stage:block";

type SetupLabelProps = {
  record: TurnRecord;
  /** Stands over the answer where there is no line of numbers; otherwise it is a part of that line. */
  isAlone?: boolean;
};

/** Shows what made an answer if the lane's header has changed since. */
export const SetupLabel = memo(function SetupLabel({ record, isAlone = false }: SetupLabelProps) {
  const now = useContext(LaneNowContext);
  const words = useMemo(() => (now === null ? "" : setupWords(record, now.setup, now.tools)), [record, now]);
  if (words === "") return null;
  const shown = showMarks(words);
  if (isAlone)
    return (
      <p className={cn("text-muted pt-0.5 pb-1 text-[13px] [overflow-wrap:anywhere]", ALONE)}>{shown}</p>
    );
  return (
    <span title={shown} className="text-muted max-w-[45%] min-w-0 shrink-0 truncate px-1 text-[13px]">
      {shown}
    </span>
  );
});

const NO_EFFECTS: ReadonlyMap<SettingKey, string> = new Map();

/**
 * The model that made an answer, with the settings that its lane has changed since: "smollm2-135m · effort low". Steps
 * that were made by different setups are named in their order. "" where the lane is set as it was.
 */
export function setupWords(record: TurnRecord, now: LaneSetup, tools: readonly ToolDefinition[]): string {
  // The lane's setup stands for all: whatever lane is looked up has this one.
  const session = { lanes: [], shared: now, tools };
  const made = record.turn.steps.map((step) => {
    const past = pastSetup(record, step, session);
    return { model: past.setup.model, changed: changedWords(past, tools) };
  });
  if (made.every(({ model, changed }) => model === now.model && changed.length === 0)) return "";
  const words = made.map(({ model, changed }) => [model || "no model", ...changed].join(" · "));
  return words.filter((each, index) => each !== words[index - 1]).join(", then ");
}

function changedWords(
  past: ReturnType<typeof pastSetup>,
  tools: readonly ToolDefinition[],
): readonly string[] {
  const { setup, server, differing } = past;
  return settingChips({ setup, server, tools, differing, noEffect: NO_EFFECTS }).map(({ key, label }) =>
    key === "tools" ? toolWords(past.tools) : label,
  );
}

function toolWords(names: readonly string[]): string {
  if (names.length === 0) return "no tools";
  return names.length > 3 ? `${names.length} tools` : names.join(", ");
}

/** The model that made the answer, or would have. */
export function modelOf({ turn, setup }: TurnRecord): string {
  return turn.steps.at(-1)?.request.model ?? setup.model;
}
