"use client";

import {
  ArrowLeft,
  ArrowRight,
  ChevronDown,
  CopyPlus,
  Ellipsis,
  SlidersHorizontal,
  Square,
  X,
} from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { SettingChip } from "@/lib/session/store/setting-chips";

type LaneHeaderProps = {
  place: number;
  laneCount: number;
  model: string;
  provider: string;
  /** The server takes a key and has none: the header asks for it, also after a reload. */
  needsKey: boolean;
  /** A remark that belongs beside the name, such as that the model is a tiny demo. */
  note: string | null;
  chips: readonly SettingChip[];
  isLive: boolean;
  canClone: boolean;
  separator: ReactNode;
  onPickModel: () => void;
  onPasteKey: () => void;
  onSettings: () => void;
  onClone: () => void;
  onMove: (by: -1 | 1) => void;
  onClose: () => void;
  onStop: () => void;
};

/** Names the model and only the settings that differ from the other lanes. */
export function LaneHeader(props: LaneHeaderProps) {
  const { place, laneCount, model } = props;
  return (
    <header className="border-line bg-bg relative flex h-11 min-w-0 items-center gap-1 border-b px-2 pointer-coarse:h-[45px]">
      <button
        type="button"
        onClick={props.onPickModel}
        aria-label={`Model of lane ${place}: ${showMarks(model) || "none"}. Change`}
        title={showMarks([model, props.provider, props.note].filter(Boolean).join(" · "))}
        className="rounded-inner hover:bg-sunken flex min-w-20 shrink items-center gap-1 px-1.5 py-1"
      >
        <span className={cn("truncate font-medium", model === "" && "text-muted")}>
          {showMarks(model) || "Choose a model"}
        </span>
        <ChevronDown size={14} aria-hidden className="text-muted shrink-0" />
      </button>
      {/* Beside a short name and the buttons. Chips that do not fit wrap out of sight: a whole one fewer, never half a one. */}
      <ul
        className="flex h-6 max-w-[calc(100%-13.5rem)] shrink-0 flex-wrap gap-1 overflow-hidden pointer-coarse:h-[44px]"
        aria-label="Settings of this lane that differ"
      >
        {props.needsKey ? (
          <li className="flex">
            <button type="button" onClick={props.onPasteKey} className={cn(CHIP, "border-warn text-warn")}>
              needs a key
            </button>
          </li>
        ) : null}
        {props.chips.map((chip) => (
          <li key={chip.key} className="flex max-w-full min-w-0">
            <Chip chip={chip} onClick={props.onSettings} />
          </li>
        ))}
      </ul>
      <span className="ml-auto flex shrink-0 items-center">
        {props.isLive ? (
          <IconButton label={`Stop lane ${place}`} onClick={props.onStop}>
            <Square size={13} fill="currentColor" aria-hidden />
          </IconButton>
        ) : null}
        <IconButton label={`Settings of lane ${place}`} onClick={props.onSettings}>
          <SlidersHorizontal size={15} aria-hidden />
        </IconButton>
        <Menu kind="quiet" size="icon" label={`More for lane ${place}`} entries={laneEntries(props)} tip>
          <Ellipsis size={15} aria-hidden />
        </Menu>
        {laneCount > 1 ? (
          <IconButton label={`Close lane ${place}`} onClick={props.onClose}>
            <X size={15} aria-hidden />
          </IconButton>
        ) : null}
      </span>
      {props.separator}
    </header>
  );
}

const CHIP = "h-6 rounded-inner border px-1.5 text-[13px] hover:bg-sunken";

function Chip({ chip, onClick }: { chip: SettingChip; onClick: () => void }) {
  const reason = chip.noEffect === null ? chip.label : `${chip.label} has no effect: ${chip.noEffect}`;
  return (
    <button
      type="button"
      onClick={onClick}
      title={reason}
      aria-label={reason}
      className={cn(
        CHIP,
        "max-w-52 min-w-0 truncate border-line text-muted",
        chip.noEffect !== null && "line-through decoration-warn decoration-2",
      )}
    >
      {chip.label}
    </button>
  );
}

function laneEntries({ place, laneCount, canClone, onClone, onMove }: LaneHeaderProps): readonly MenuEntry[] {
  return [
    {
      kind: "item",
      label: "Duplicate lane",
      icon: <CopyPlus size={14} aria-hidden />,
      disabled: !canClone,
      run: onClone,
    },
    {
      kind: "item",
      label: "Move left",
      icon: <ArrowLeft size={14} aria-hidden />,
      disabled: place === 1,
      run: () => onMove(-1),
    },
    {
      kind: "item",
      label: "Move right",
      icon: <ArrowRight size={14} aria-hidden />,
      disabled: place === laneCount,
      run: () => onMove(1),
    },
  ];
}
