"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * While `isHeld`, an element does not get lower when a part of it closes, which `closed` counts: otherwise a thought
 * that closes would shrink the page under a reader at its end and move every lane. Let go when the answer is over.
 */
export function useHeldHeight(element: RefObject<HTMLElement | null>, isHeld: boolean, closed: number): void {
  const height = useRef(0);
  useLayoutEffect(() => {
    const held = element.current;
    if (held === null || !isHeld) return;
    // Only noted: a style written in every frame would have the lane laid out twice in each.
    const observer = new ResizeObserver(([entry]) => {
      height.current = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0);
    });
    observer.observe(held);
    return () => {
      observer.disconnect();
      height.current = 0;
      held.style.minHeight = "";
    };
  }, [element, isHeld]);
  // Runs between the change and its layout, so the height is still that of the frame before.
  useLayoutEffect(() => {
    const held = element.current;
    if (held === null || !isHeld || closed === 0) return;
    held.style.setProperty("min-height", `${height.current}px`);
  }, [element, isHeld, closed]);
}
