"use client";

import { useSyncExternalStore } from "react";

import { type Theme, THEME_COLORS } from "./theme-colors";

const YEAR_S = 31_536_000;

let chosen: Theme | null = null;
const listeners = new Set<() => void>();

/** The theme in use: what was chosen in this page, else `initial`, which the server drew. */
export function useTheme(initial: Theme): Theme {
  return useSyncExternalStore(
    listen,
    () => chosen ?? initial,
    () => initial,
  );
}

/** Draws the page in a theme. The choice is a cookie, so that the server draws the right theme at once. */
export function changeTheme(theme: Theme): void {
  chosen = theme;
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]"))
    meta.content = THEME_COLORS[theme === "system" ? systemTheme(meta.media) : theme];
  document.cookie = `vitrine-theme=${theme}; path=/; max-age=${YEAR_S}; samesite=strict`;
  for (const listener of listeners) listener();
}

/** The theme that a meta element of the page's head is for, or the system's where it is for both. */
function systemTheme(media: string): "light" | "dark" {
  if (media !== "") return media.includes("dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
