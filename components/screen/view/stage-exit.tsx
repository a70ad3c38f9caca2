"use client";

import { X } from "lucide-react";
import { useEffect } from "react";

import { IconButton } from "@/components/ui/icon-button";

/** The way out of presentation mode: Esc, where nothing else takes it, and a button that shows itself when it is near. */
export function StageExit({ onExit }: { onExit: () => void }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onExit();
    };
    // Last of all: what is open closes first.
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onExit]);
  return (
    <div className="fixed top-2 right-2 z-40 opacity-0 transition-opacity focus-within:opacity-100 hover:opacity-100 pointer-coarse:opacity-70">
      <IconButton label="Leave presentation mode" kind="plain" onClick={onExit}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
