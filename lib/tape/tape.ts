/** A tape: a run with every byte and its time. `docs/tape.md` describes the file. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { AttemptRecord } from "@/lib/run/record";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { ToolDefinition } from "@/lib/tools/tool";

export const TAPE_FORMAT = "vitrine-tape";
export const TAPE_VERSION = 1;

export const TAPE_LIMITS = {
  /** Lanes of one tape. */
  lanes: 8,
  /** Characters of a whole tape, and of one line. */
  characters: 200_000_000,
  lineCharacters: 64_000_000,
  lines: 2_000_000,
  /** Latest time, in µs since the tape's start: ten years. */
  us: 10 * 366 * 24 * 3600 * 1_000_000,
  /** Characters of a name in the header that are kept. */
  nameCharacters: 300,
  /** Characters of a version. */
  versionCharacters: 40,
} as const;

/** Dates are before this, in epoch ms: the year 10,000. */
export const AFTER_DATES = Date.UTC(10_000, 0);

/** What has no date counts from 1970, and may be some time long. */
const FIRST_DATE = Date.UTC(1971, 0);

/** A time in epoch ms, or null where it is none: that of a recording of which nobody knows when it was made. */
export function knownDate(ms: number): number | null {
  return ms < FIRST_DATE ? null : ms;
}

/** Up to eight lanes with all their turns, steps and attempts. */
export type Tape = {
  /** epoch ms: the zero of all times in the file. 0 = nobody knows when that was: see `knownDate`. */
  readonly startedAt: number;
  /** What a person calls it; "" = nothing. */
  readonly name: string;
  /** Where its bytes come from, where that is not a real model: "scripted server", the name of another format. "" = a real run. */
  readonly source: string;
  /** The version of Vitrine that made the tape; absent = not known. */
  readonly writtenBy?: string;
  readonly lanes: readonly TapeLane[];
  /** As models read them. What answered their calls stays with the person who ran them. */
  readonly tools: readonly TapeTool[];
  /** In the order in which they began. */
  readonly turns: readonly TapeTurn[];
  readonly images: readonly TapeImage[];
  readonly markers: readonly TapeMarker[];
};

export type TapeLane = {
  /** What a person calls it, such as "llamacpp/qwen3". */
  readonly label: string;
  /** Its settings, without what answers the calls of its tools. */
  readonly setup: LaneSetup;
  /** The last turn of the branch that was shown; null = the last turn of the lane. */
  readonly leaf: string | null;
};

export type TapeTool = Pick<
  ToolDefinition,
  "id" | "name" | "description" | "parameters" | "strict" | "exampleResult"
>;

/** One prompt in one lane, with everything that happened to it. */
export type TapeTurn = {
  readonly id: string;
  /** Counts from 0. */
  readonly lane: number;
  /** The turn before it on its branch; null = none, or it is not on the tape. */
  readonly parentId: string | null;
  /** Equal for the turns that answer the same prompt in several lanes. */
  readonly promptId: string;
  readonly prompt: string;
  readonly images: readonly TapeImageRef[];
  readonly setup: LaneSetup;
  /** What was changed in or left out of its requests, in a person's words. */
  readonly notes: readonly string[];
  /** Another lane streamed from the same server at the same time. */
  readonly sharedServer: boolean;
  /** µs since the tape's start: the zero of all times in `events` and `records`. */
  readonly startUs: number;
  /** What the run itself did, in order. */
  readonly events: readonly TimedEvent[];
  /** One for each attempt of each step, in the order in which they were sent. */
  readonly records: readonly AttemptRecord[];
};

/** An image of a prompt. Requests on the tape hold `vitrine-image(ID,BYTES)` where its base64 stood. */
export type TapeImageRef = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
  /** px */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
};

export type TapeImage = { readonly id: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A place that somebody named. `us`: since the tape's start; `lane` null = all of them. */
export type TapeMarker = { readonly us: number; readonly lane: number | null; readonly text: string };

/** A line of the file behind its header. `us`: whole µs since the tape's start, never before those of the line before. */
export type TapeLine = readonly [us: number, lane: number | null, kind: string, data: unknown];
