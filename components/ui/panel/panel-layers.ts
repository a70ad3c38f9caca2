"use client";

import { type RefObject, useEffect, useState } from "react";

// Layers that are open, the topmost last. They are siblings in the page, so none knows of the others otherwise.
const layers: object[] = [];
/** Presses of Esc that have closed a layer: one press closes one. */
const spent = new WeakSet<Event>();

/** What uses Esc itself, outside of a panel that stands beside it. */
const USES_ESC = "input, textarea, select, [role=menu], [role=listbox]";

/**
 * Whether a press of Esc is meant for this layer: for the topmost one, and for one beside the page only where nothing
 * in the page uses the key.
 */
export function useEscape(popup: RefObject<HTMLElement | null>): (event: Event) => boolean {
  const [layer] = useState(() => ({}));
  useEffect(() => {
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [layer]);
  return (event) => {
    if (spent.has(event) || layers.at(-1) !== layer || isUsedOutside(event, popup.current)) return false;
    spent.add(event);
    return true;
  };
}

function isUsedOutside({ target }: Event, popup: HTMLElement | null): boolean {
  return target instanceof Element && popup?.contains(target) !== true && target.closest(USES_ESC) !== null;
}
