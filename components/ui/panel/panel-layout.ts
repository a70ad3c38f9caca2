"use client";

import { useSyncExternalStore } from "react";

/**
 * Where a side panel stands: a sheet over narrow pages, over the right edge of wider ones, and beside the page where
 * both have room.
 */
export type PanelLayout = "sheet" | "cover" | "dock";

const NARROW = "(width < 720px)";
const WIDE = "(width >= 1280px)";

/** Where side panels stand in this window. */
export function usePanelLayout(): PanelLayout {
  return useSyncExternalStore(watch, read, () => "cover");
}

function read(): PanelLayout {
  if (window.matchMedia(NARROW).matches) return "sheet";
  return window.matchMedia(WIDE).matches ? "dock" : "cover";
}

function watch(onChange: () => void): () => void {
  const queries = [NARROW, WIDE].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}
