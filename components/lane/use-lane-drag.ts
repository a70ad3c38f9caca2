"use client";

import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";

/** A lane header under the pointer: how far it is from where it stood, and where the lane would go; in px from there. */
type Drag = { readonly dx: number; readonly mark: number | null };

type Edges = { readonly left: number; readonly right: number };

type Start = {
  /** What scrolls the lanes sideways. */
  readonly scroller: HTMLElement;
  /** Where the pointer was and is in the window, in px. */
  readonly startX: number;
  clientX: number;
  readonly laneNumber: number;
  /** The lanes' left and right edges, in order, in px from where the lanes begin. */
  readonly edges: readonly Edges[];
  readonly x: number;
};

/** A press that moves less is no drag, in px. */
const THRESHOLD_PX = 4;

/** This near the edge of the window, in px, the lanes beyond it come into view, by `SCROLL_PX` a frame. */
const EDGE_PX = 48;
const SCROLL_PX = 12;

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
    let frame = requestAnimationFrame(function scroll() {
      if (start.current !== null && scrollAtEdge(start.current)) setDrag(dragOf(start.current));
      frame = requestAnimationFrame(scroll);
    });
    return () => {
      lane?.style.removeProperty("z-index");
      window.removeEventListener("keydown", onKey, { capture: true });
      cancelAnimationFrame(frame);
    };
  }, [isDragged, end, laneNumber]);
  const handle = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const { button, clientX, currentTarget, pointerId } = event;
      const scroller = currentTarget.closest("main");
      if (button !== 0 || scroller === null) return;
      const edges = [...document.querySelectorAll("section[id^=lane-]")].map((lane) => {
        const { left, right } = lane.getBoundingClientRect();
        return { left: left + scroller.scrollLeft, right: right + scroller.scrollLeft };
      });
      const x = clientX + scroller.scrollLeft;
      start.current = { scroller, startX: clientX, clientX, laneNumber, edges, x };
      currentTarget.setPointerCapture(pointerId);
    },
    onPointerMove: ({ clientX }: PointerEvent<HTMLElement>) => {
      const from = start.current;
      if (from === null) return;
      from.clientX = clientX;
      if (!isDragged && Math.abs(clientX - from.startX) < THRESHOLD_PX) return;
      setDrag(dragOf(from));
    },
    onPointerUp: () => {
      const from = start.current;
      const by = from === null || !isDragged ? 0 : targetOf(from) - from.laneNumber;
      end();
      if (by !== 0) onMove(by);
    },
    onPointerCancel: end,
  };
  return { drag, handle };
}

/** Whether lanes came into view, at the edge of the window towards which the pointer went. */
function scrollAtEdge({ scroller, startX, clientX }: Start): boolean {
  const { left, right } = scroller.getBoundingClientRect();
  const before = scroller.scrollLeft;
  if (clientX > startX && clientX > right - EDGE_PX) scroller.scrollLeft += SCROLL_PX;
  if (clientX < startX && clientX < left + EDGE_PX) scroller.scrollLeft -= SCROLL_PX;
  return scroller.scrollLeft !== before;
}

function pointerX({ clientX, scroller }: Start): number {
  return clientX + scroller.scrollLeft;
}

/** The header stays over the lanes, wherever the pointer is. */
function dragOf(start: Start): Drag {
  const { edges, laneNumber, x } = start;
  const own = edges[laneNumber - 1];
  const [first, last] = [edges[0], edges.at(-1)];
  const dx = pointerX(start) - x;
  if (own === undefined || first === undefined || last === undefined) return { dx, mark: null };
  return {
    dx: Math.max(first.left - own.left, Math.min(last.right - own.right, dx)),
    mark: markOf(start, own),
  };
}

/** The number that the lane would have, from 1. */
function targetOf(start: Start): number {
  const x = pointerX(start);
  const passed = start.edges.filter(
    ({ left, right }, index) => index !== start.laneNumber - 1 && (left + right) / 2 < x,
  );
  return passed.length + 1;
}

function markOf(start: Start, own: Edges): number | null {
  const to = targetOf(start);
  const other = start.edges[to - 1];
  if (to === start.laneNumber || other === undefined) return null;
  return (to < start.laneNumber ? other.left : other.right) - own.left;
}
