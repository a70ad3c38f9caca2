import { type TouchEvent, useRef } from "react";

const LEAST_PX = 60;

type Swipe = {
  readonly onTouchStart: (event: TouchEvent<HTMLElement>) => void;
  readonly onTouchEnd: (event: TouchEvent<HTMLElement>) => void;
};

/** Hears a finger that goes sideways: 1 = to what is at the right, -1 = back. What scrolls sideways itself keeps its touch. */
export function useSwipe(onSwipe: (by: -1 | 1) => void): Swipe {
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  return {
    onTouchStart: (event) => {
      const touch = event.touches[0];
      const isOurs = event.touches.length === 1 && isInside(event) && !scrollsSideways(event);
      start.current = isOurs && touch !== undefined ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event) => {
      const from = start.current;
      const touch = event.changedTouches[0];
      start.current = null;
      if (from === null || touch === undefined) return;
      const across = touch.clientX - from.x;
      const along = Math.abs(touch.clientY - from.y);
      if (Math.abs(across) >= LEAST_PX && Math.abs(across) > 2 * along) onSwipe(across < 0 ? 1 : -1);
    },
  };
}

// React hands on the touches of a panel too, which belongs here but lies over the page.
function isInside({ target, currentTarget }: TouchEvent<HTMLElement>): boolean {
  return target instanceof Node && currentTarget.contains(target);
}

function scrollsSideways({ target, currentTarget }: TouchEvent<HTMLElement>): boolean {
  for (let at = target instanceof Element ? target : null; at !== null; at = at.parentElement) {
    if (at === currentTarget) return false;
    if (at instanceof HTMLTextAreaElement) return true;
    if (at.scrollWidth > at.clientWidth && /auto|scroll/u.test(getComputedStyle(at).overflowX)) return true;
  }
  return false;
}
