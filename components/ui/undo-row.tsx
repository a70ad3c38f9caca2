"use client";

import { Button } from "./button";
import { focusOnMount } from "./fields/focus-on-mount";

/** Says in a list what was removed from it, and brings it back. Takes the focus; give each removal a key of its own. */
export function UndoRow({ children, onUndo }: { children: string; onUndo: () => void }) {
  return (
    <output className="bg-sunken flex items-center gap-2 px-4 py-1.5">
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Button ref={focusOnMount} size="small" onClick={onUndo}>
        Undo
      </Button>
    </output>
  );
}
