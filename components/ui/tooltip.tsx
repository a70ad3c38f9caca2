"use client";

import {
  cloneElement,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

type TooltipProps = {
  /** null = no tooltip now. */
  content: ReactNode;
  /** One element that can take the focus, so that the tooltip is there for the keyboard too. */
  children: ReactElement<{ "aria-describedby"?: string }>;
  /** false where the tooltip only repeats the trigger's name. */
  describes?: boolean;
};

const HOVER_MS = 350;
const LEAVE_MS = 120;
const TOUCH_MS = 2500;

/** A short remark on hover, focus or touch. Esc hides it, and the pointer may rest on it. Holds nothing to click. */
export function Tooltip({ content, children, describes = true }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const { isOpen, hover, showIn, hideIn, hide } = useDelayedOpen();

  const onPointerLeave = (event: PointerEvent) => hideIn(event.pointerType === "touch" ? TOUCH_MS : LEAVE_MS);
  return (
    // The wrapper only listens: everything the keyboard needs is on the trigger inside.
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={(event) => (event.pointerType === "touch" ? showIn(0) : undefined)}
      // Only a pointer that moves asks: one that rests may find itself over this because the page has moved.
      onPointerMove={(event) => (event.pointerType === "touch" ? undefined : hover())}
      onPointerLeave={onPointerLeave}
      onPointerDown={(event) => (event.pointerType === "touch" ? showIn(0) : hide())}
      onFocus={(event) => (event.target.matches(":focus-visible") ? showIn(0) : undefined)}
      onBlur={hide}
    >
      {describes && isOpen ? cloneElement(children, { "aria-describedby": id }) : children}
      {isOpen && content !== null ? (
        <TooltipPopup id={id} anchor={anchor} onEscape={hide}>
          {content}
        </TooltipPopup>
      ) : null}
    </span>
  );
}

type TooltipPopupProps = {
  id: string;
  anchor: React.RefObject<HTMLSpanElement | null>;
  onEscape: () => void;
  children: ReactNode;
};

function TooltipPopup({ id, anchor, onEscape, children }: TooltipPopupProps) {
  const popup = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const element = popup.current;
    const trigger = anchor.current?.firstElementChild;
    if (element === null || trigger === null || trigger === undefined) return;
    // The top layer: neither a scroll container nor a dialog can cut it off.
    element.showPopover?.();
    const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const spot = tooltipPosition(trigger.getBoundingClientRect(), element.getBoundingClientRect(), viewport);
    element.style.left = `${spot.left}px`;
    element.style.top = `${spot.top}px`;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // The first Esc is the tooltip's; the next one reaches the dialog around it.
      event.stopPropagation();
      onEscape();
    };
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [onEscape]);

  return (
    <span
      ref={popup}
      id={id}
      role="tooltip"
      popover="manual"
      className="rounded-inner border-line-strong bg-surface text-text fixed [inset:auto] m-0 max-w-72 border px-2 py-1 text-[13px] leading-snug font-normal whitespace-pre-line normal-case shadow-md"
    >
      {children}
    </span>
  );
}

function useDelayedOpen() {
  const [isOpen, setIsOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const isHovered = useRef(false);
  const setIn = (open: boolean, ms: number) => {
    clearTimeout(timer.current);
    if (ms === 0) setIsOpen(open);
    else timer.current = setTimeout(() => setIsOpen(open), ms);
  };
  return {
    isOpen,
    /** The first move of the pointer on its way over; the later ones change nothing. */
    hover: () => {
      if (isHovered.current) return;
      isHovered.current = true;
      setIn(true, HOVER_MS);
    },
    showIn: (ms: number) => setIn(true, ms),
    hideIn: (ms: number) => {
      isHovered.current = false;
      setIn(false, ms);
    },
    hide: () => setIn(false, 0),
  };
}

/** A box in viewport px. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};
type Size = { readonly width: number; readonly height: number };

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * Where a floating box goes, in viewport px: centered above its anchor, or below where there is no room,
 * and always inside the viewport with a margin of 8 px (a box wider than that starts at the margin). Pure.
 */
export function tooltipPosition(anchor: Box, floating: Size, viewport: Size): { left: number; top: number } {
  const centered = anchor.left + anchor.width / 2 - floating.width / 2;
  const left = Math.max(EDGE_PX, Math.min(centered, viewport.width - EDGE_PX - floating.width));
  const above = anchor.top - GAP_PX - floating.height;
  const below = anchor.top + anchor.height + GAP_PX;
  const lowest = Math.max(EDGE_PX, viewport.height - EDGE_PX - floating.height);
  const top = above >= EDGE_PX ? above : below;
  return { left, top: Math.max(EDGE_PX, Math.min(top, lowest)) };
}
