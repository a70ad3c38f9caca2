import { showMarks } from "@/lib/markdown/visible-marks";
import type { AttemptRecord } from "@/lib/run/record";
import type { Bundle } from "@/lib/session/storage/database";

import type { Timeline } from "./recording-timeline";

/** A named moment. `at`: ms since the first turn of the recording began. */
export type RecordedMarker = { readonly at: number; readonly text: string };

/** A recording that is open: what it shows, and what a person should know of it. */
export type OpenedRecording = {
  readonly bundle: Bundle<AttemptRecord>;
  /** What it shows at each moment. */
  readonly timeline: Timeline;
  /** What was recorded, without its date: "smollm2-135m", "scripted server". */
  readonly label: string;
  /** When it began, in epoch ms; null where nobody knows. */
  readonly startedAt: number | null;
  /** The version of Vitrine that made the tape; absent where it is not known. */
  readonly writtenBy?: string;
  /** Moments that somebody named, in their order. */
  readonly markers: readonly RecordedMarker[];
  /** Names its file among those that are kept for a reload; null where an address or a link names it. */
  readonly keptAs: string | null;
  /** What was left out of it and what its times are worth, as sentences. */
  readonly notes: readonly string[];
};

/** "Recording of Nov 28, 2026, smollm2-135m", or "Recording: event stream" where nobody knows its day. */
export function recordingTitle({ startedAt, label }: Pick<OpenedRecording, "startedAt" | "label">): string {
  const day =
    startedAt === null
      ? null
      : new Date(startedAt).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
  if (day === null) return label === "" ? "Recording" : showMarks(`Recording: ${label}`);
  return showMarks(label === "" ? `Recording of ${day}` : `Recording of ${day}, ${label}`);
}
