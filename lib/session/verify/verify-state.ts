/** What the page knows of verifying: runs that are kept, the one that is open, and the one that goes on. */
import type { LaneId } from "@/lib/session/store/session";
import type { VerifyCase } from "@/lib/verify/case";
import type { TrialKey } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import type { RemovedRun, RunSummary } from "./verify-database";

export type OpenRun = { readonly run: VerifyRun; readonly name: string };

/** The run that goes on in this page. */
export type LiveRun = {
  readonly id: string;
  /** "paused": no further trial begins, and those that run end. */
  readonly state: "running" | "paused";
  readonly done: number;
  /** The trial that began last; null before the first. */
  readonly at: TrialKey | null;
  readonly planned: number;
};

export type VerifyState = {
  /** "loading" until what is kept was read. */
  readonly boot: "loading" | "ready";
  readonly runs: readonly RunSummary[];
  readonly open: OpenRun | null;
  readonly live: LiveRun | null;
  /** Own cases. */
  readonly cases: readonly VerifyCase[];
  /** The one lane of the comparison that a new run begins with; null = all. */
  readonly wanted: LaneId | null;
  /** A case that is being made from a turn, until the editor has it. */
  readonly draft: VerifyCase | null;
  /** The run that was deleted last and can come back, with its tapes. */
  readonly deleted: RemovedRun | null;
  /** What could not be done, in words; null = nothing. */
  readonly problem: string | null;
};

export const FIRST_VERIFY_STATE: VerifyState = {
  boot: "loading",
  runs: [],
  open: null,
  live: null,
  cases: [],
  wanted: null,
  draft: null,
  deleted: null,
  problem: null,
};

/** "core, 2 lanes": how a run is named until a person names it. */
export function runName({ suite, preset, lanes }: VerifyRun): string {
  const which = preset === "own" ? suite.name : preset;
  return `${which}, ${lanes.length === 1 ? (lanes[0]?.label ?? "one lane") : `${lanes.length} lanes`}`;
}
