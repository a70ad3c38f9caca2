"use client";

import { type RefObject, useLayoutEffect } from "react";

/**
 * While `isHeld`, an element never gets lower than it has been: a thought that closes would else shrink the
 * page under a reader at its end, and move every lane. Let go when the answer is over.
 */
export function useHeldHeight(element: RefObject<HTMLElement | null>, isHeld: boolean): void {
  useLayoutEffect(() => {
    const held = element.current;
    if (held === null || !isHeld) return;
    let height = 0;
    const observer = new ResizeObserver(([entry]) => {
      const now = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0);
      if (now <= height) return;
      height = now;
      held.style.minHeight = `${height}px`;
    });
    observer.observe(held);
    return () => {
      observer.disconnect();
      held.style.minHeight = "";
    };
  }, [element, isHeld]);
}
