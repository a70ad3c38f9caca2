"use client";

import { useState } from "react";

import { cn } from "@/components/ui/cn";

import { CONTROL } from "./control";
import { selectOnMount } from "./focus-on-mount";
import { isComposing } from "./is-composing";

type RenameFieldProps = {
  label: string;
  /** The name as it is. */
  name: string;
  /** Called once: with the new name, or null where the old one stays. */
  onEnd: (name: string | null) => void;
};

/** A name in a list while it is changed. Enter and leaving the field save it, unless it is empty; Esc keeps the old one. */
export function RenameField({ label, name, onEnd }: RenameFieldProps) {
  const [draft, setDraft] = useState(name);
  const save = () => onEnd(draft.trim() === "" ? null : draft.trim());
  return (
    <input
      dir="auto"
      ref={selectOnMount}
      aria-label={label}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === "Enter") {
          // The button that has the focus next is not pressed by the same key.
          event.preventDefault();
          save();
        }
        if (event.key !== "Escape") return;
        // Esc ends the renaming, not the whole list.
        event.stopPropagation();
        onEnd(null);
      }}
      className={cn(CONTROL, "h-8 min-w-0 flex-1")}
    />
  );
}
