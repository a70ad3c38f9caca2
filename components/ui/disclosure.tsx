"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { cn } from "./cn";

type DisclosureProps = {
  summary: ReactNode;
  /** Drawn only while open. */
  children: ReactNode;
  defaultOpen?: boolean;
  className?: string;
};

/** A heading that opens and closes what is under it. */
export function Disclosure({ summary, children, defaultOpen = false, className }: DisclosureProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(defaultOpen);
  return (
    <div className={className}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="rounded-inner text-muted hover:text-text flex min-h-7 w-full items-center gap-1 text-left"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={cn("shrink-0 transition-transform duration-150", isOpen && "rotate-90")}
        />
        {summary}
      </button>
      <div id={id} hidden={!isOpen} className="pt-1">
        {isOpen ? children : null}
      </div>
    </div>
  );
}
