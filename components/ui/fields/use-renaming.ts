"use client";

import { useLayoutEffect, useRef, useState } from "react";

/**
 * Whether a name in a list is being changed. Where a key ends that, `button`, which begins it, has the focus again; the
 * field that had it is gone. Where a press elsewhere ends it, the focus goes there.
 */
export function useRenaming(onRename: (name: string) => void) {
  const [isRenaming, setIsRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isEndedByKey = useRef(false);
  useLayoutEffect(() => {
    if (isRenaming || !isEndedByKey.current) return;
    isEndedByKey.current = false;
    button.current?.focus();
  }, [isRenaming]);
  const end = (name: string | null) => {
    isEndedByKey.current = document.activeElement instanceof HTMLInputElement;
    setIsRenaming(false);
    if (name !== null) onRename(name);
  };
  return { isRenaming, button, start: () => setIsRenaming(true), end };
}
