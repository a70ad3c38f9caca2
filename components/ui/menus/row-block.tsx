"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

type RowBlockProps = {
  /** Rows in the block, for its height before it was ever drawn. */
  count: number;
  /** Drawn whether or not it is in view. */
  isForced: boolean;
  children: () => ReactNode;
};

/** px of a row of one line. */
const ROW_PX = 32;
/** How far outside of the view rows are drawn, in px. */
const NEAR_PX = 600;

/** A block of a long list whose rows are drawn only near the view; elsewhere it keeps their place. */
export function RowBlock({ count, isForced, children }: RowBlockProps) {
  const box = useRef<HTMLDivElement>(null);
  const [{ isNear, height }, setView] = useState({ isNear: false, height: count * ROW_PX });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        // Its rows may take more than one line each.
        setView({ isNear: entry.isIntersecting, height: entry.boundingClientRect.height || count * ROW_PX });
      },
      { root: element.closest('[role="listbox"]'), rootMargin: `${NEAR_PX}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [count]);
  const isDrawn = isNear || isForced;
  return (
    <div ref={box} role="presentation" style={isDrawn ? undefined : { height }}>
      {isDrawn ? children() : null}
    </div>
  );
}
