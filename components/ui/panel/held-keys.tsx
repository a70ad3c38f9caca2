"use client";

import { useLayoutEffect } from "react";

/** How long, in ms, a dialog that is drawn may take to have the focus. */
const PATIENCE_MS = 300;

/**
 * Keeps what is typed while a dialog's code is on its way, and gives it to the dialog's field once that has the focus.
 * Without it the keys would go to the page underneath. Escape calls the dialog off.
 */
export function HeldKeys({ onClose }: { onClose: () => void }) {
  useLayoutEffect(() => holdKeys(onClose), [onClose]);
  return null;
}

function holdKeys(onClose: () => void): () => void {
  const hold = new AbortController();
  const { signal } = hold;
  let text = "";
  let isEntered = false;

  const giveTo = (field: EventTarget) => {
    hold.abort();
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    if (field !== document.activeElement) return;
    // As a key would: the field's own handlers hear of it.
    if (text !== "") document.execCommand("insertText", false, text);
    if (isEntered) setTimeout(() => field.dispatchEvent(enter()));
  };
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") {
        hold.abort();
        onClose();
      } else if (event.key === "Enter") isEntered = !event.repeat && text !== "";
      else if (event.key === "Backspace") text = text.slice(0, -1);
      else if (event.key.length === 1) text += event.key;
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true, signal },
  );
  document.addEventListener(
    "focusin",
    ({ target }) => {
      // The dialog is drawn in this very moment; what is typed until it is done is held, too.
      if (target instanceof Element && target.closest("[role=dialog]") !== null)
        setTimeout(() => (signal.aborted ? undefined : giveTo(target)));
    },
    { signal },
  );
  return () => {
    setTimeout(() => hold.abort(), PATIENCE_MS);
  };
}

function enter(): KeyboardEvent {
  return new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
}
