"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from "react";

import { cn } from "@/components/ui/cn";

import { PanelEdge } from "./panel-edge";
import { useEscape } from "./panel-layers";
import { type PanelLayout, usePanelLayout } from "./panel-layout";
import { usePanelWidth } from "./panel-width";

type PanelProps = {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /**
   * `dialog` sits in the middle and takes the page. `side` stands at the right: beside the page in wide windows, which
   * stays in use, and over it in others. On narrow screens both are sheets that rise from the bottom and take the page.
   */
  kind: "dialog" | "side";
  /** Esc, the close button and, for what takes the page, a click beside it. */
  onClose: () => void;
  children: ReactNode;
  className?: string;
};

const FRAME =
  "fixed z-40 flex flex-col overflow-hidden border-line bg-surface text-text outline-none transition-opacity duration-150 data-starting-style:opacity-0 max-[720px]:inset-x-0 max-[720px]:bottom-0 max-[720px]:h-[85dvh] max-[720px]:rounded-t-outer max-[720px]:border-t";

const KINDS = {
  dialog:
    "min-[720px]:top-[10vh] min-[720px]:left-1/2 min-[720px]:max-h-[80vh] min-[720px]:w-[min(40rem,calc(100vw-3rem))] min-[720px]:-translate-x-1/2 min-[720px]:rounded-outer min-[720px]:border shadow-xl",
  side: "min-[720px]:inset-y-0 min-[720px]:right-0 min-[720px]:w-(--panel-width) min-[720px]:border-l max-[1279.98px]:shadow-xl",
} as const;

/** What a panel leaves of the page: room for two lanes beside it, and a strip to press where it covers the page. */
const LEAVES = { dock: "40rem", cover: "3rem", sheet: "0px" } as const satisfies Record<PanelLayout, string>;

/** A layer, mounted only while it is open. Takes the focus (to the child marked `data-initial-focus`) and gives it back. */
export function Panel({ title, actions, kind, onClose, children, className }: PanelProps) {
  const popup = useRef<HTMLDivElement>(null);
  // Read before any child takes the focus: what had it is what opened this.
  const [opener] = useState(() => document.activeElement);
  const layout = usePanelLayout();
  const [width, setWidth] = usePanelWidth();
  const takesEscape = useEscape(popup);
  const isDocked = kind === "side" && layout === "dock";
  // What is covered is not in use.
  const isModal = !isDocked;
  const shownWidth = `min(${width}px, 100vw - ${LEAVES[layout]})`;
  useRoomBeside(isDocked ? shownWidth : null);
  useModalMark(isModal);
  const style: CSSProperties & { "--panel-width": string } = { "--panel-width": shownWidth };
  return (
    <Base.Root
      open
      modal={isModal}
      disablePointerDismissal={!isModal}
      onOpenChange={(open, { reason, event }) => {
        if (!open && (reason !== "escape-key" || takesEscape(event))) onClose();
      }}
    >
      <Base.Portal>
        {isModal ? <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" /> : null}
        <Base.Popup
          ref={popup}
          data-panel={isDocked ? "docked" : "modal"}
          style={style}
          initialFocus={() => popup.current?.querySelector<HTMLElement>("[data-initial-focus]") ?? true}
          finalFocus={() => focusAfter(popup.current, opener)}
          className={cn(FRAME, KINDS[kind], className)}
        >
          <div className="border-line flex min-h-11 shrink-0 items-center gap-2 border-b pr-1.5 pl-4">
            <Base.Title className="line-clamp-2 min-w-0 flex-1 leading-tight font-medium [overflow-wrap:anywhere]">
              {title}
            </Base.Title>
            {actions}
            <Base.Close
              aria-label={`Close ${title.toLowerCase()}`}
              className="rounded-inner text-muted hover:bg-sunken hover:text-text inline-flex size-7 shrink-0 items-center justify-center"
            >
              <X size={16} aria-hidden />
            </Base.Close>
          </div>
          {children}
          {kind === "side" && layout !== "sheet" ? <PanelEdge width={width} onWidth={setWidth} /> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

let modalCount = 0;

/**
 * Marks the page while something takes it, for what stands elsewhere then. A selector with `body:has()` says the same,
 * and has the browser look through every answer at each piece that streams in.
 */
function useModalMark(isModal: boolean): void {
  useLayoutEffect(() => {
    if (!isModal) return undefined;
    const { dataset } = document.documentElement;
    modalCount += 1;
    dataset["modal"] = "";
    return () => {
      modalCount -= 1;
      if (modalCount === 0) delete dataset["modal"];
    };
  }, [isModal]);
}

/** Keeps this much of the window free of the page: it ends at the CSS variable `--docked`. null = the page has all. */
function useRoomBeside(width: string | null): void {
  useLayoutEffect(() => {
    if (width === null) return undefined;
    const { style } = document.documentElement;
    style.setProperty("--docked", width);
    return () => {
      style.removeProperty("--docked");
    };
  }, [width]);
}

/**
 * Whatever took the focus on the way out keeps it. Otherwise it returns to what opened the layer, if that still exists.
 */
function focusAfter(layer: HTMLElement | null, opener: Element | null): HTMLElement | boolean {
  const now = document.activeElement;
  if (now !== null && now !== document.body && layer?.contains(now) !== true) return false;
  return opener instanceof HTMLElement && opener.isConnected ? opener : true;
}
