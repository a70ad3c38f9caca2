"use client";

import { useSyncExternalStore } from "react";

const YEAR_S = 31_536_000;

let chosen: boolean | null = null;
const listeners = new Set<() => void>();

/** Whether thoughts stay open once the answer begins: as chosen in this page, else `initial`, which the server drew. */
export function useKeptThoughts(initial: boolean): boolean {
  return useSyncExternalStore(
    listen,
    () => chosen ?? initial,
    () => initial,
  );
}

/** Keeps thoughts open from now on, or closes them again. The choice is a cookie, as the theme is. */
export function keepThoughts(isKept: boolean): void {
  chosen = isKept;
  document.cookie = `vitrine-thoughts=${isKept ? "open" : "closed"}; path=/; max-age=${YEAR_S}; samesite=strict`;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
