"use client";

import { TriangleAlert } from "lucide-react";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import { fixWords } from "@/lib/session/store/lane-verdicts";
import type { SettingKey } from "@/lib/session/store/session";

type VerdictListProps = {
  verdicts: readonly Verdict[];
  /** Why the lane is not what a link asked for; null when it is. */
  notice: string | null;
  /** How many lanes a fix of this setting changes: those that share it change with this one. */
  reachOf: (setting: SettingKey) => number;
  onFix: (fix: Partial<LaneSetup>) => void;
};

/** What this server will not do as requested, shown before anything is sent. */
export function VerdictList({ verdicts, notice, reachOf, onFix }: VerdictListProps) {
  if (verdicts.length === 0 && notice === null) return null;
  return (
    <ul className="grid gap-2 text-[13px]" aria-label="Before you send">
      {notice === null ? null : <li className="text-warn">{showMarks(notice)}</li>}
      {verdicts.map(({ setting, message, fix, fixLabel }) => (
        <li key={`${setting} ${message}`} className="text-text flex items-start gap-2">
          <TriangleAlert size={14} aria-hidden className="text-warn mt-0.5 shrink-0" />
          <span>
            {showMarks(message)}{" "}
            {fix === undefined ? null : (
              <Button size="small" onClick={() => onFix(fix)}>
                {fixWords(fixLabel, reachOf(setting))}
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
