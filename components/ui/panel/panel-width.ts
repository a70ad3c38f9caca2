"use client";

import { useState } from "react";

/** Widths of a side panel in px. */
export const PANEL_WIDTH = { min: 320, max: 720, usual: 440 } as const;

const STORED = "vitrine-panel-width";

/** The one width of all side panels, which this browser remembers. */
export function usePanelWidth(): readonly [number, (px: number) => void] {
  const [width, setWidth] = useState(readWidth);
  const change = (px: number) => {
    const next = panelWidth(px);
    setWidth(next);
    writeWidth(next);
  };
  return [width, change];
}

/** The nearest width that a panel can have; the usual one for what is not a number. Pure. */
export function panelWidth(px: number): number {
  if (!Number.isFinite(px)) return PANEL_WIDTH.usual;
  return Math.round(Math.min(PANEL_WIDTH.max, Math.max(PANEL_WIDTH.min, px)));
}

// Storage may be blocked: the width then lasts as long as the panel.
function readWidth(): number {
  try {
    return panelWidth(Number.parseFloat(localStorage.getItem(STORED) ?? ""));
  } catch {
    return PANEL_WIDTH.usual;
  }
}

function writeWidth(width: number): void {
  try {
    localStorage.setItem(STORED, String(width));
  } catch {
    // Nothing is lost but the memory of a width.
  }
}
