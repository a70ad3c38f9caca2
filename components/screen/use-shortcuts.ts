"use client";

import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";

import { isMeant, tinyChord } from "./letter-chord";

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Listens for key chords (tinykeys notation) on the whole page. Handlers may change without listening anew. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const chords = Object.keys(shortcuts).join(" ");
  useEffect(() => {
    const handlers = chords.split(" ").map((chord) => [
      tinyChord(chord),
      (event: KeyboardEvent) => {
        const run = latest.current[chord];
        if (run === undefined || !isMeant(chord, { key: event.key, isTyping: isTyping(event) })) return;
        event.preventDefault();
        run();
      },
    ]);
    return tinykeys(window, Object.fromEntries(handlers));
  }, [chords]);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null;
}
