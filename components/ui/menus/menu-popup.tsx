"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";

import { cn } from "@/components/ui/cn";

import { Kbd } from "./kbd";
import type { MenuEntry } from "./menu-entry";

type MenuPopupProps = {
  label: string;
  entries: readonly MenuEntry[];
  anchor: RefObject<HTMLButtonElement | null>;
  /** Opened by keys: the first entry has the focus, so that the next arrow leads to the second. */
  startsAtFirst: boolean;
  /** Hears what the chosen entry does, before the menu closes: it is run once the menu is gone. */
  onChoose: (run: () => void) => void;
  /** `keepFocus` is false where a press outside already moved the focus. */
  onClose: (keepFocus: boolean) => void;
};

const ROW =
  "flex min-h-8 items-center gap-2 rounded-[5px] px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-sunken";

/** The open part of a `Menu`: arrows, typing ahead, Esc and a click outside work as in any menu. */
export function MenuPopup({ label, entries, anchor, startsAtFirst, onChoose, onClose }: MenuPopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!startsAtFirst) return;
    // The menu first takes the focus itself; this follows it.
    const frame = requestAnimationFrame(() => {
      popup.current?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [startsAtFirst]);
  const onOpenChange = (open: boolean, details: { readonly event: Event; readonly reason: string }) => {
    // A press on the button closes the menu by itself; closing here too would open it again.
    if (open || isWithin(anchor.current, details.event)) return;
    onClose(details.reason !== "outside-press" && details.reason !== "focus-out");
  };
  return (
    <Base.Root open modal={false} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup
            ref={popup}
            aria-label={label}
            finalFocus={false}
            className="rounded-outer border-line-strong bg-surface text-text max-h-[min(24rem,var(--available-height))] min-w-44 overflow-y-auto border p-1 shadow-lg outline-none"
          >
            {entries.map((entry) => (
              <Entry
                key={entry.kind === "separator" ? entry.id : entry.label}
                entry={entry}
                onChoose={onChoose}
              />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry, onChoose }: { entry: MenuEntry } & Pick<MenuPopupProps, "onChoose">) {
  switch (entry.kind) {
    case "separator":
      return <Base.Separator className="bg-line my-1 h-px" />;
    case "check":
      return (
        <Base.CheckboxItem checked={entry.checked} onCheckedChange={entry.run} closeOnClick className={ROW}>
          <span className="flex-1">{entry.label}</span>
          <Base.CheckboxItemIndicator>
            <Check size={14} aria-hidden />
          </Base.CheckboxItemIndicator>
        </Base.CheckboxItem>
      );
    case "item":
      return (
        <Base.Item
          disabled={entry.disabled ?? false}
          onClick={() => onChoose(entry.run)}
          className={cn(ROW, entry.danger === true && "text-danger")}
        >
          {entry.icon}
          <span className="flex-1">{entry.label}</span>
          {entry.keys === undefined ? null : <Kbd>{entry.keys}</Kbd>}
        </Base.Item>
      );
  }
}

function isWithin(element: HTMLElement | null, event: Event): boolean {
  return (
    element !== null &&
    event.type !== "keydown" &&
    event.target instanceof Node &&
    element.contains(event.target)
  );
}
