"use client";

import { useCallback, useEffect } from "react";

import { isRecordingMarked, markRecording } from "@/lib/session/page/recording-mark";

/**
 * The browser's Back closes the recording instead of leaving the page, and a reload finds which one plays: `kept` is the
 * id of its file. Returns what closes it otherwise, so that no entry of the history is left behind.
 */
export function useBackCloses(kept: string | null, onClose: () => void): () => void {
  useEffect(() => markRecording(kept), [kept]);
  useEffect(() => {
    window.addEventListener("popstate", onClose);
    return () => window.removeEventListener("popstate", onClose);
  }, [onClose]);
  return useCallback(() => {
    if (isRecordingMarked()) window.history.back();
    else onClose();
  }, [onClose]);
}
