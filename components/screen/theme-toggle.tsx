"use client";

import { Monitor, Moon, Sun } from "lucide-react";

import { IconButton } from "@/components/ui/icon-button";

import { changeTheme, useTheme } from "./theme";
import type { Theme } from "./theme-colors";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Turns through system, light and dark. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const theme = useTheme(initial);
  const Icon = ICONS[theme];
  return (
    <IconButton label={`Theme: ${theme}. Change to ${NEXT[theme]}`} onClick={() => changeTheme(NEXT[theme])}>
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
