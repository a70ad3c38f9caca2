"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";

import { panned, type Window, zoomed } from "@/lib/compare/timeline";

/** How much more or less one step of zooming shows. */
const ZOOM = 1.5;
/** Share of the window that one key pans. */
const PAN = 0.15;

type Plot = {
  /** px from the left of the drawing to the beginning of the clock. */
  readonly left: number;
  /** px that the window is wide. */
  readonly width: number;
};

/** The part of a clock that is seen, and the ways to change it: wheel, drag, pinch, keys and buttons. */
export function useWindow(box: RefObject<HTMLElement | null>, whole: number, { left, width }: Plot) {
  const [seen, setSeen] = useState<Window | null>(null);
  const shown = seen === null ? { from: 0, to: whole } : panned(seen, 0, whole);
  const timeAt = (clientX: number): number => {
    const start = box.current?.getBoundingClientRect().left ?? 0;
    return shown.from + ((clientX - start - left) / width) * (shown.to - shown.from);
  };
  const zoom = (factor: number, at = (shown.from + shown.to) / 2) =>
    setSeen(zoomed(shown, factor, at, whole));
  const pan = (by: number) => setSeen(panned(shown, by, whole));

  // A wheel turns the page unless it is told not to, which React's own listener cannot do.
  const onWheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    onWheel.current = (event) => {
      const isZoom = event.ctrlKey || event.metaKey;
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      if (!isZoom && Math.abs(across) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      if (isZoom) zoom(Math.exp(event.deltaY / 200), timeAt(event.clientX));
      else pan((across / width) * (shown.to - shown.from));
    };
  });
  useEffect(() => {
    const element = box.current;
    const listen = (event: WheelEvent) => onWheel.current(event);
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, [box]);

  const fingers = useRef(new Map<number, number>());
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, event.clientX);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) return;
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, event.clientX);
    if (other === undefined) {
      pan(((before - event.clientX) / width) * (shown.to - shown.from));
      return;
    }
    const [apart, now] = [Math.abs(before - other), Math.abs(event.clientX - other)];
    if (apart > 0 && now > 0) zoom(apart / now, timeAt((event.clientX + other) / 2));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => fingers.current.delete(event.pointerId);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const length = shown.to - shown.from;
    const act: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => pan(-length * PAN),
      ArrowRight: () => pan(length * PAN),
      "+": () => zoom(1 / ZOOM),
      "=": () => zoom(1 / ZOOM),
      "-": () => zoom(ZOOM),
      Home: () => pan(-whole),
      End: () => pan(whole),
      "0": () => setSeen(null),
    };
    const run = Object.hasOwn(act, event.key) ? act[event.key] : undefined;
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  return {
    seen: shown,
    isWhole: shown.to - shown.from >= whole,
    zoomIn: () => zoom(1 / ZOOM),
    zoomOut: () => zoom(ZOOM),
    showAll: () => setSeen(null),
    listeners: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onKeyDown },
  };
}
