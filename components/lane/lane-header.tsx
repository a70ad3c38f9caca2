"use client";

import {
  ArrowLeft,
  ArrowRight,
  ChevronDown,
  CopyPlus,
  Download,
  Ellipsis,
  Grid3x3,
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

import { LaneChips } from "./lane-chips";
import { ModelName } from "./model-name";
import { useLaneDrag } from "./use-lane-drag";

type LaneHeaderProps = {
  laneNumber: number;
  laneCount: number;
  model: string;
  provider: string;
  /** The server takes a key and has none: the header asks for it, also after a reload. */
  needsKey: boolean;
  /** A remark that belongs beside the name, such as that the model is a tiny demo. */
  note: string | null;
  chips: readonly SettingChip[];
  /** A narrow lane's tab names them too. */
  isInTab: boolean;
  isLive: boolean;
  canClone: boolean;
  separator: ReactNode;
  onPickModel: () => void;
  onPasteKey: () => void;
  onSettings: () => void;
  onClone: () => void;
  onExport: () => void;
  /** null where nothing is verified from. */
  onVerify: (() => void) | null;
  /** By this many positions to the right, or to the left where it is below 0. */
  onMove: (by: number) => void;
  onClose: () => void;
  onStop: () => void;
};

/** The lane's number, by which it is dragged, its model, only the settings that differ, and one menu. */
export function LaneHeader(props: LaneHeaderProps) {
  const { laneNumber, laneCount, model } = props;
  const { drag, handle } = useLaneDrag(laneNumber, props.onMove);
  const arrow = <ChevronDown size={14} aria-hidden className="text-muted ml-1 shrink-0 self-center" />;
  return (
    <header
      style={drag === null ? undefined : { translate: `${drag.dx}px` }}
      className={cn(
        "border-line bg-bg relative flex h-11 min-w-0 items-center gap-1 border-b px-2 pointer-coarse:h-[45px]",
        drag !== null && "shadow-lg",
      )}
    >
      {laneCount > 1 ? (
        <span
          {...handle}
          aria-hidden
          title="Drag to move the lane"
          className="text-muted hover:text-text rounded-inner hover:bg-sunken -mr-1.5 hidden h-7 min-w-5 cursor-grab touch-none content-center pl-2 text-[13px] tabular-nums select-none active:cursor-grabbing min-[720px]:grid pointer-coarse:h-11 pointer-coarse:min-w-8"
        >
          {laneNumber}
        </span>
      ) : null}
      <button
        type="button"
        onClick={props.onPickModel}
        aria-label={
          model === ""
            ? `Choose a model for lane ${laneNumber}`
            : `Model of lane ${laneNumber}: ${showMarks(model)}. Change`
        }
        title={showMarks([model, props.provider, props.note].filter(Boolean).join(" · "))}
        className="rounded-inner hover:bg-sunken flex min-w-20 shrink items-center px-2 py-1 font-medium"
      >
        {model === "" ? (
          <>
            <span className="text-muted truncate">Choose a model</span>
            {arrow}
          </>
        ) : laneCount > 1 ? (
          <>
            {/* The tab of a narrow lane names the model. Paper has no tabs. */}
            <span className="contents max-[719.98px]:hidden print:contents!">
              <ModelName model={model}>{arrow}</ModelName>
            </span>
            <span className="text-muted flex min-w-0 min-[720px]:hidden print:hidden">
              <span className="truncate">{nameInLane(props)}</span>
              {arrow}
            </span>
          </>
        ) : (
          <ModelName model={model}>{arrow}</ModelName>
        )}
      </button>
      <LaneChips
        laneNumber={laneNumber}
        chips={props.chips}
        isInTab={props.isInTab}
        needsKey={props.needsKey}
        onPasteKey={props.onPasteKey}
        onSettings={props.onSettings}
      />
      <span data-chrome="" className="ml-auto flex shrink-0 items-center">
        {/* One lane alone is stopped beside the prompt. */}
        {props.isLive && laneCount > 1 ? (
          <IconButton label={`Stop lane ${laneNumber}`} onClick={props.onStop}>
            <Square size={13} fill="currentColor" aria-hidden />
          </IconButton>
        ) : null}
        <IconButton label={`Settings of lane ${laneNumber}`} onClick={props.onSettings}>
          <SlidersHorizontal size={15} aria-hidden />
        </IconButton>
        <Menu kind="quiet" size="icon" label={`More for lane ${laneNumber}`} entries={laneEntries(props)} tip>
          <Ellipsis size={15} aria-hidden />
        </Menu>
      </span>
      {drag === null || drag.mark === null ? null : (
        <span
          aria-hidden
          className="bg-accent absolute inset-y-0 z-20 w-1 -translate-x-1/2 rounded-full"
          style={{ left: drag.mark - drag.dx }}
        />
      )}
      {props.separator}
    </header>
  );
}

/** What stands under a narrow lane's tab: its server, unless the tab says that too. */
function nameInLane({ provider, chips, isInTab }: LaneHeaderProps): string {
  const isServerInTab = isInTab && chips.some(({ key }) => key === "provider");
  return isServerInTab ? "Change model" : showMarks(provider);
}

function laneEntries(props: LaneHeaderProps): readonly MenuEntry[] {
  const { laneNumber, laneCount, canClone, onClone, onExport, onVerify, onMove, onClose } = props;
  return [
    {
      kind: "item",
      label: "Duplicate lane",
      icon: <CopyPlus size={14} aria-hidden />,
      disabled: !canClone,
      run: onClone,
    },
    { kind: "item", label: "Save lane as…", icon: <Download size={14} aria-hidden />, run: onExport },
    ...(onVerify === null
      ? []
      : [
          {
            kind: "item" as const,
            label: "Verify this lane…",
            icon: <Grid3x3 size={14} aria-hidden />,
            run: onVerify,
          },
        ]),
    {
      kind: "item",
      label: "Move left",
      icon: <ArrowLeft size={14} aria-hidden />,
      disabled: laneNumber === 1,
      run: () => onMove(-1),
    },
    {
      kind: "item",
      label: "Move right",
      icon: <ArrowRight size={14} aria-hidden />,
      disabled: laneNumber === laneCount,
      run: () => onMove(1),
    },
    {
      kind: "item",
      label: "Close lane",
      icon: <X size={14} aria-hidden />,
      disabled: laneCount === 1,
      run: onClose,
    },
  ];
}
