"use client";

import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from "react";

import { PANEL_WIDTH } from "./panel-width";

type PanelEdgeProps = {
  /** The panel's width in px. */
  width: number;
  onWidth: (px: number) => void;
};

const STEP_PX = 24;

/**
 * The left edge of a side panel: dragged, or moved with the arrow keys. Esc puts it back while it is dragged, and a double
 * click brings the usual width back.
 */
export function PanelEdge({ width, onWidth }: PanelEdgeProps) {
  const grip = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const [isDragged, setIsDragged] = useState(false);
  const drop = () => {
    grip.current = null;
    setIsDragged(false);
  };
  const putBack = useEffectEvent(() => {
    if (grip.current !== null) onWidth(grip.current.width);
    drop();
  });
  useEffect(() => {
    if (!isDragged) return undefined;
    const onEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // Esc ends the drag, and the next one closes the panel.
      event.stopPropagation();
      putBack();
    };
    window.addEventListener("keydown", onEscape, { capture: true });
    return () => window.removeEventListener("keydown", onEscape, { capture: true });
  }, [isDragged]);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, width };
    setIsDragged(true);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (grip.current !== null) onWidth(grip.current.width + grip.current.x - event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = nextWidth(event.key, width);
    if (next === null) return;
    event.preventDefault();
    onWidth(next);
  };
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a separator that moves needs the focus and a value
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuemin={PANEL_WIDTH.min}
      aria-valuemax={PANEL_WIDTH.max}
      aria-valuenow={width}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={() => onWidth(PANEL_WIDTH.usual)}
      onKeyDown={onKeyDown}
      className="hover:bg-accent/30 focus-visible:bg-accent/40 active:bg-accent/40 absolute inset-y-0 left-0 z-10 w-1.5 cursor-col-resize touch-none outline-none pointer-coarse:w-3"
    />
  );
}

function nextWidth(key: string, width: number): number | null {
  switch (key) {
    case "ArrowLeft":
      return width + STEP_PX;
    case "ArrowRight":
      return width - STEP_PX;
    case "Home":
      return PANEL_WIDTH.min;
    case "End":
      return PANEL_WIDTH.max;
    default:
      return null;
  }
}
