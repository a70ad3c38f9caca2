import { createFrameClock } from "@/lib/session/store/frame-clock";
import { createIds, randomId } from "@/lib/session/store/ids";
import { createKeyWatch } from "@/lib/session/store/key-watch";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import { createRecordingApp, type RecordingApp } from "@/lib/session/tape/recording-app";

import { browserPlatform } from "./browser-platform";

/** The app that shows a recording in this page. */
export function pageRecording(recording: OpenedRecording): RecordingApp {
  return createRecordingApp(recording, {
    platform: browserPlatform(),
    frames: createFrameClock(createKeyWatch()),
    ids: createIds(randomId),
    everyFrame,
  });
}

/** A page in the background has no frames: what plays there waits. */
function everyFrame(tick: (ms: number) => void): () => void {
  let last = performance.now();
  let frame = requestAnimationFrame(function next(now) {
    tick(Math.max(0, now - last));
    last = now;
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}
