"use client";

import { useEffect } from "react";

import type { Player } from "@/lib/session/tape/player";

/** Space or K plays and pauses, the arrows go event by event: where no field and no button takes these keys. */
export function usePlayerKeys(player: Player): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      const takes = (keys: string) => target instanceof Element && target.closest(keys) !== null;
      if (takes("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")) return;
      switch (event.key) {
        case " ":
          if (takes("button, a, summary")) return;
          toggle(player);
          break;
        case "k":
        case "K":
          toggle(player);
          break;
        case "ArrowLeft":
          player.step(-1);
          break;
        case "ArrowRight":
          player.step(1);
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [player]);
}

function toggle(player: Player): void {
  if (player.state.getState().isPlaying) player.pause();
  else player.play();
}
