"use client";

import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";

import { focusLane, toggleReasoning } from "@/components/lane/focus-lane";
import { useActions } from "@/lib/session/hooks/use-session";
import type { Lane, LaneId } from "@/lib/session/store/session";

import { isMeant, tinyChord } from "./letter-chord";
import type { OnPanel } from "./panel-state";
import { focusNextPane } from "./panes";

type Input = {
  lanes: readonly Lane[];
  activeLane: LaneId | null;
  isLive: boolean;
  setNarrowLane: (lane: LaneId) => void;
  setPanel: OnPanel;
};

/** Keys for the whole page. Enter in the composer runs; these do the rest. */
export function useShortcuts({ lanes, activeLane, isLive, setNarrowLane, setPanel }: Input): void {
  const actions = useActions();
  const shortcuts: Record<string, () => void> = {
    "$mod+k": () => setPanel({ kind: "palette" }),
    "Alt+n": actions.addLane,
    "Alt+p": focusPrompt,
    "Alt+r": toggleReasoning,
    "Alt+Period": () => {
      if (isLive) actions.stopAll();
    },
    "Alt+s": () => setPanel({ kind: "sessions" }),
    F6: () => focusNextPane(1),
    "Shift+F6": () => focusNextPane(-1),
  };
  if (activeLane !== null) {
    shortcuts["Alt+t"] = () => setPanel({ kind: "tools", lane: activeLane });
    shortcuts["Alt+e"] = () => setPanel({ kind: "settings", lane: activeLane });
  }
  for (const [index, lane] of lanes.entries()) {
    shortcuts[`Alt+Digit${index + 1}`] = () => {
      setNarrowLane(lane.id);
      focusLane(index + 1);
    };
  }
  useChords(shortcuts);
}

/** Puts the focus into the composer. */
export function focusPrompt(): void {
  document.querySelector<HTMLTextAreaElement>("textarea[aria-label='Prompt']")?.focus();
}

/** Listens for key chords (tinykeys notation) on the whole page. Handlers may change without listening anew. */
function useChords(shortcuts: Readonly<Record<string, () => void>>): void {
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
