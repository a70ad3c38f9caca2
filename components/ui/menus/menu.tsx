"use client";

import { X } from "lucide-react";
import { type ComponentProps, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { loadedPart } from "@/components/ui/loaded-part";
import { Tooltip } from "@/components/ui/tooltip";

import type { MenuEntry } from "./menu-entry";

const MenuPopup = loadedPart(async () => (await import("./menu-popup")).MenuPopup, {
  frame: (message, { onClose }) => (
    <span className="rounded-outer border-line-strong bg-surface absolute top-full right-0 z-50 flex items-center border shadow-lg">
      {message}
      <Button kind="quiet" size="icon" aria-label="Close" onClick={() => onClose(true)}>
        <X size={14} aria-hidden />
      </Button>
    </span>
  ),
});

type MenuProps = Omit<ComponentProps<typeof Button>, "onClick" | "children" | "aria-label"> & {
  /** Name of the button and of the menu. */
  label: string;
  /** What the button shows. */
  children: ReactNode;
  entries: readonly MenuEntry[];
  /** Shows the label on hover, for buttons that are only an icon. */
  tip?: boolean;
};

/** A button with a menu. The menu's code is fetched when the pointer or the focus first reaches the button. */
export function Menu({ label, children, entries, tip = false, ...rest }: MenuProps) {
  const [opened, setOpened] = useState<"no" | "by-pointer" | "by-keys">("no");
  const isOpen = opened !== "no";
  const trigger = useRef<HTMLButtonElement>(null);
  // An entry may move the focus on, and the popup takes it back until it is gone.
  const chosen = useRef<() => void>(undefined);
  useEffect(() => {
    if (isOpen) return;
    const run = chosen.current;
    chosen.current = undefined;
    run?.();
  }, [isOpen]);
  const close = (keepFocus: boolean) => {
    setOpened("no");
    if (keepFocus) trigger.current?.focus();
  };
  const button: ReactElement<{ "aria-describedby"?: string }> = (
    <Button
      ref={trigger}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onPointerEnter={() => MenuPopup.preload()}
      onFocus={() => MenuPopup.preload()}
      onClick={(event) => {
        // A click without a pointer has no click count.
        const by = event.detail === 0 ? "by-keys" : "by-pointer";
        setOpened(isOpen ? "no" : by);
      }}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        setOpened("by-keys");
      }}
      {...rest}
    >
      {children}
    </Button>
  );
  return (
    <>
      {tip ? (
        <Tooltip content={isOpen ? null : label} describes={false}>
          {button}
        </Tooltip>
      ) : (
        button
      )}
      {isOpen ? (
        <MenuPopup
          label={label}
          entries={entries}
          anchor={trigger}
          startsAtFirst={opened === "by-keys"}
          onChoose={(run) => {
            chosen.current = run;
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}
