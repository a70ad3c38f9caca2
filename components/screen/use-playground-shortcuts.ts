"use client";

import { useActions } from "@/lib/session/hooks/use-session";
import type { Lane, LaneId } from "@/lib/session/store/session";

import type { PanelState } from "./panel-state";
import { type Shortcuts, useShortcuts } from "./use-shortcuts";

type Input = {
  lanes: readonly Lane[];
  activeLane: LaneId | null;
  isLive: boolean;
  setNarrowLane: (lane: LaneId) => void;
  setPanel: (panel: PanelState) => void;
};

/** Keys for the whole page. Enter in the composer runs; these do the rest. */
export function usePlaygroundShortcuts({ lanes, activeLane, isLive, setNarrowLane, setPanel }: Input): void {
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
  useShortcuts(shortcuts satisfies Shortcuts);
}

const LANES = "section[id^='lane-']";

function shownLane(): Element | undefined {
  return [...document.querySelectorAll(LANES)].find((lane) => lane.checkVisibility());
}

/** Puts the focus into the composer. */
export function focusPrompt(): void {
  document.querySelector<HTMLTextAreaElement>("textarea[aria-label='Prompt']")?.focus();
}

/** Puts the focus on a lane by its place, counted from 1. */
export function focusLane(place: number): void {
  const lane = document.getElementById(`lane-${place}`);
  lane?.scrollIntoView({ inline: "nearest", block: "nearest" });
  lane?.focus({ preventScroll: true });
}

/** Puts the focus into the first open result field of a lane, counted from 1. */
export function focusFirstResult(place: number): void {
  document.querySelector<HTMLElement>(`#lane-${place} [data-result-field]`)?.focus();
}

/** Opens or closes the newest reasoning block of the focused lane, else of the first one on screen. */
export function toggleReasoning(): void {
  const lane = document.activeElement?.closest(LANES) ?? shownLane();
  const buttons = lane?.querySelectorAll<HTMLButtonElement>("[data-reasoning-toggle]") ?? [];
  [...buttons].at(-1)?.click();
}
