"use client";

import { useCallback, useEffect } from "react";

/** Marks the entry of the browser's history that stands for an open recording. */
const MARK = "vitrineRecording";

/**
 * The browser's Back closes the recording instead of leaving the page. Returns what closes it otherwise, so that no
 * entry of the history is left behind.
 */
export function useBackCloses(onClose: () => void): () => void {
  useEffect(() => {
    if (!isMarked()) window.history.pushState({ ...stateNow(), [MARK]: true }, "");
    window.addEventListener("popstate", onClose);
    return () => window.removeEventListener("popstate", onClose);
  }, [onClose]);
  return useCallback(() => {
    if (isMarked()) window.history.back();
    else onClose();
  }, [onClose]);
}

function isMarked(): boolean {
  return MARK in stateNow();
}

function stateNow(): object {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null ? state : {};
}
