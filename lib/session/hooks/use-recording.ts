"use client";

import type { RecordingActions } from "@/lib/session/actions/recording-actions";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";

import { useAppState, useSessionApp } from "./session-context";

/** The recording that lies over the comparison; null = none is open. */
export function useRecording(): OpenedRecording | null {
  return useAppState((state) => state.recording);
}

/** Opens and closes recordings. Always the same object. */
export function useRecordings(): RecordingActions {
  return useSessionApp().recordings;
}
