"use client";

import type { ReactNode } from "react";

import { cn } from "@/components/ui/cn";
import type { LaneId } from "@/lib/session/store/session";

type LaneTabsProps = {
  lanes: readonly { readonly id: LaneId; readonly model: string; readonly strip: ReactNode }[];
  active: LaneId | null;
  onActivate: (lane: LaneId) => void;
};

/** Narrow screens show one lane at a time: its tab carries the model's name and the phases of its last turn. */
export function LaneTabs({ lanes, active, onActivate }: LaneTabsProps) {
  if (lanes.length < 2) return null;
  return (
    <nav
      className="border-line bg-bg flex shrink-0 overflow-x-auto border-b min-[720px]:hidden"
      aria-label="Lanes"
    >
      {lanes.map((lane, index) => (
        <button
          key={lane.id}
          type="button"
          aria-pressed={lane.id === active}
          onClick={() => onActivate(lane.id)}
          className={cn(
            "grid min-w-28 flex-1 gap-1 border-b-2 border-transparent px-3 py-2 text-left text-muted",
            lane.id === active && "border-accent text-text",
          )}
        >
          <span className="truncate text-[13px]">
            {index + 1} {lane.model || "no model"}
          </span>
          <span className="h-2" aria-hidden>
            {lane.strip}
          </span>
        </button>
      ))}
    </nav>
  );
}
