"use client";

import { useSyncExternalStore } from "react";

const QUERY = "(width < 720px)";

/** Whether the page shows one lane at a time and sheets instead of panels. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    watch,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}

function watch(onChange: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
