"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { createPortal } from "react-dom";

import { Button } from "@/components/ui/button";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";

type PanelFrameProps = { children: ReactNode; onClose: () => void };

/** Stands in for a panel whose code did not come: it needs nothing that is not there yet. */
export function PanelFrame({ children, onClose }: PanelFrameProps) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => (event.key === "Escape" ? onClose() : undefined);
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onClose]);
  return createPortal(
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native dialog would take the page
      role="dialog"
      aria-label="Not loaded"
      className="border-line-strong bg-surface rounded-outer fixed top-14 right-3 z-40 flex max-w-[calc(100vw-1.5rem)] items-start gap-1 border p-2 shadow-xl"
    >
      {children}
      <Button kind="quiet" size="icon" ref={focusOnMount} aria-label="Close" onClick={onClose}>
        <X size={16} aria-hidden />
      </Button>
    </div>,
    document.body,
  );
}
