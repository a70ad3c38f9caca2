import type { AttemptRecord } from "@/lib/run/record";
import type { Bundle } from "@/lib/session/storage/database";

/** A named moment. `at`: ms since the first turn of the recording began. */
export type RecordedMarker = { readonly at: number; readonly text: string };

/** A recording that is open: what it shows, and what a person should know of it. */
export type OpenedRecording = {
  readonly bundle: Bundle<AttemptRecord>;
  /** What was recorded, without its date: "smollm2-135m", "scripted server". */
  readonly label: string;
  /** When it began, in epoch ms. */
  readonly startedAt: number;
  /** Moments that somebody named, in their order. */
  readonly markers: readonly RecordedMarker[];
  /** What was left out of it and what its times are worth, as sentences. */
  readonly notes: readonly string[];
};
