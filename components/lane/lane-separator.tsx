"use client";

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from "react";

type LaneSeparatorProps = {
  /** Places of the lanes at both sides, counted from 1. */
  left: number;
  right: number;
  /** Share of the left lane of both lanes' width, 0–100. */
  share: number;
  /** Moves the border by `deltaPx`, out of the pair's width of `pairPx`. */
  onMove: (deltaPx: number, pairPx: number) => void;
};

const STEP_PX = 24;

/** The border between two lane headers: dragged, or moved with the arrow keys. A double click makes both equal. */
export function LaneSeparator({ left, right, share, onMove }: LaneSeparatorProps) {
  const lastX = useRef<number | null>(null);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    lastX.current = event.clientX;
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (lastX.current === null) return;
    onMove(event.clientX - lastX.current, pairWidth(event.currentTarget, share));
    lastX.current = event.clientX;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const direction = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    onMove(direction * STEP_PX, pairWidth(event.currentTarget, share));
  };

  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    const pair = pairWidth(event.currentTarget, share);
    onMove((0.5 - share / 100) * pair, pair);
  };

  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a separator that moves needs the focus and a value
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of lanes ${left} and ${right}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (lastX.current = null)}
      onPointerCancel={() => (lastX.current = null)}
      onDoubleClick={onDoubleClick}
      onKeyDown={onKeyDown}
      className="hover:bg-accent/30 focus-visible:bg-accent/40 absolute top-0 -right-1 z-10 hidden h-full w-2 cursor-col-resize touch-none min-[720px]:block"
    />
  );
}

/** Width of both lanes in px, measured at the left lane's header, which contains the separator. */
function pairWidth(separator: HTMLElement, share: number): number {
  const left = separator.parentElement?.getBoundingClientRect().width ?? 0;
  return share > 0 ? (left * 100) / share : left * 2;
}
