"use client";

import { useLayoutEffect, useRef, useState } from "react";

import { cn } from "@/components/ui/cn";
import { Menu } from "@/components/ui/menus/menu";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import type { SettingChip } from "@/lib/session/store/setting-chips";
import { formatPlural } from "@/lib/stream/figures/format-number";

type LaneChipsProps = {
  laneNumber: number;
  chips: readonly SettingChip[];
  /** A narrow lane's tab names them too: there they are only listed at a press. */
  isInTab: boolean;
  /** The server takes a key and has none: the header asks for it, also after a reload. */
  needsKey: boolean;
  onPasteKey: () => void;
  onSettings: () => void;
};

/** The settings that differ from the other lanes. Those that do not fit are counted, and listed at a press. */
export function LaneChips(props: LaneChipsProps) {
  const { laneNumber, chips, isInTab, needsKey, onPasteKey, onSettings } = props;
  const list = useRef<HTMLUListElement>(null);
  const isNarrow = useIsNarrow();
  const shown = isNarrow && isInTab ? [] : chips;
  const count = chips.length + (needsKey ? 1 : 0);
  const inList = shown.length + (needsKey ? 1 : 0);
  const fit = useFitting(list, inList);
  const { items, slack } = inList === 0 ? { items: 0, slack: 0 } : fit;
  // The tab says all there is of one that works.
  const isTabEnough = shown.length === 0 && chips.length === 1 && chips[0]?.noEffect === null;
  const hidden = isTabEnough ? 0 : count - items;
  const isHidden = (index: number) => index + (needsKey ? 1 : 0) >= items;
  return (
    <>
      {/* Beside a short name and the buttons. A chip that does not fit goes to a line out of sight: never half a one. */}
      <ul
        ref={list}
        className={cn(
          "flex h-[24px] shrink-0 flex-wrap gap-1 overflow-hidden pointer-coarse:h-[44px]",
          count > 1 ? "max-w-[calc(100%-15.75rem)]" : "max-w-[calc(100%-13.5rem)]",
        )}
        aria-label="Settings of this lane that differ"
      >
        {needsKey ? (
          <li className="flex">
            <button type="button" onClick={onPasteKey} className="flex items-center">
              <span className={cn(CHIP, "border-warn text-warn")}>needs a key</span>
            </button>
          </li>
        ) : null}
        {shown.map((chip, index) => (
          <li key={chip.key} className={cn("flex max-w-full min-w-0", isHidden(index) && "invisible")}>
            <Chip chip={chip} onClick={onSettings} />
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <Menu
          kind="quiet"
          size="small"
          label={`All ${count} settings of lane ${laneNumber} that differ`}
          data-chrome=""
          className="text-muted px-1 tabular-nums"
          style={{ marginLeft: -slack }}
          entries={[
            ...(needsKey
              ? [{ kind: "item", label: "Needs a key", danger: true, run: onPasteKey } as const]
              : []),
            ...chips.map((chip) => ({ kind: "item", label: meaningOf(chip), run: onSettings }) as const),
          ]}
          tip
        >
          {inList === 0 ? formatPlural(hidden, "setting") : `+${hidden}`}
        </Menu>
      ) : null}
    </>
  );
}

/** Under a finger the button around it is higher than what is seen of it. */
const CHIP = "h-6 content-center rounded-inner border px-1.5 text-[13px] hover:bg-sunken";

function Chip({ chip, onClick }: { chip: SettingChip; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      title={meaningOf(chip)}
      aria-label={meaningOf(chip)}
      className="flex max-w-52 min-w-0 items-center"
    >
      <span
        className={cn(
          CHIP,
          "min-w-0 truncate border-line text-muted",
          chip.noEffect !== null && "line-through decoration-warn decoration-2",
        )}
      >
        {chip.label}
      </span>
    </button>
  );
}

function meaningOf({ label, noEffect }: SettingChip): string {
  return noEffect === null ? label : `${label} has no effect: ${noEffect}`;
}

type Fit = {
  readonly items: number;
  /** What is empty behind the last of them, in px. */
  readonly slack: number;
};

/** How many of a wrapping list's items stand on its first line. */
function useFitting(list: { readonly current: HTMLElement | null }, count: number): Fit {
  const [fit, setFit] = useState<Fit>({ items: count, slack: 0 });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || count === 0) return undefined;
    const measure = () => {
      const boxes = [...element.children].map((item) => item.getBoundingClientRect());
      const items = boxes.filter(({ top }) => top === boxes[0]?.top).length;
      const slack = Math.floor(element.getBoundingClientRect().right - (boxes[items - 1]?.right ?? 0));
      setFit((before) => (before.items === items && before.slack === slack ? before : { items, slack }));
    };
    const observer = new ResizeObserver(measure);
    for (const watched of [element, ...element.children]) observer.observe(watched);
    return () => observer.disconnect();
  }, [list, count]);
  return fit;
}
