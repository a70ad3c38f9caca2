"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";

import { IconButton } from "@/components/ui/icon-button";

export type Theme = "system" | "light" | "dark";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const YEAR_S = 31_536_000;

/** Turns through system, light and dark. The choice is a cookie, so that the server draws the right theme at once. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const Icon = ICONS[theme];
  const turn = () => {
    const next = NEXT[theme];
    setTheme(next);
    applyTheme(next);
  };
  return (
    <IconButton label={`Theme: ${theme}. Change to ${NEXT[theme]}`} onClick={turn}>
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}

function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  document.cookie = `vitrine-theme=${theme}; path=/; max-age=${YEAR_S}; samesite=strict`;
}
