"use client";

import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";

/** A lane header under the pointer: how far it is from where it stood, and where the lane would go; in px from there. */
type Drag = { readonly dx: number; readonly mark: number | null };

type Start = {
  readonly x: number;
  readonly laneNumber: number;
  /** The lanes' left and right edges, in order. */
  readonly edges: readonly { readonly left: number; readonly right: number }[];
};

/** A press that moves less is no drag, in px. */
const THRESHOLD_PX = 4;

/**
 * Moves a lane by its header: to the right of every lane whose middle the pointer has passed. Esc puts it back. The same
 * is done from the lane's menu and from Commands without a pointer.
 */
export function useLaneDrag(laneNumber: number, onMove: (by: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const start = useRef<Start>(null);
  const end = useCallback(() => {
    start.current = null;
    setDrag(null);
  }, []);
  const isDragged = drag !== null;
  useEffect(() => {
    if (!isDragged) return undefined;
    // Over the other lanes. By hand: a selector with :has() here cost a stream 35 ms of style per 1,000 tokens.
    const lane = document.getElementById(`lane-${laneNumber}`);
    lane?.style.setProperty("z-index", "40");
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => {
      lane?.style.removeProperty("z-index");
      window.removeEventListener("keydown", onKey, { capture: true });
    };
  }, [isDragged, end, laneNumber]);
  const handle = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      const lanes = [...document.querySelectorAll("section[id^=lane-]")];
      start.current = {
        x: event.clientX,
        laneNumber,
        edges: lanes.map((lane) => lane.getBoundingClientRect()),
      };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: ({ clientX }: PointerEvent<HTMLElement>) => {
      const from = start.current;
      if (from === null) return;
      const dx = clientX - from.x;
      if (!isDragged && Math.abs(dx) < THRESHOLD_PX) return;
      setDrag({ dx, mark: markOf(from, clientX) });
    },
    onPointerUp: ({ clientX }: PointerEvent<HTMLElement>) => {
      const from = start.current;
      const by = from === null || !isDragged ? 0 : targetOf(from, clientX) - from.laneNumber;
      end();
      if (by !== 0) onMove(by);
    },
    onPointerCancel: end,
  };
  return { drag, handle };
}

/** The number that the lane would have, from 1. */
function targetOf({ edges, laneNumber }: Start, x: number): number {
  const passed = edges.filter(({ left, right }, index) => index !== laneNumber - 1 && (left + right) / 2 < x);
  return passed.length + 1;
}

function markOf(start: Start, x: number): number | null {
  const to = targetOf(start, x);
  const own = start.edges[start.laneNumber - 1];
  const other = start.edges[to - 1];
  if (to === start.laneNumber || own === undefined || other === undefined) return null;
  return (to < start.laneNumber ? other.left : other.right) - own.left;
}
