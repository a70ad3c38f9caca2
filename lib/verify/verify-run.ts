/** A run of a suite over lanes: its plan, the facts of its servers, and its trials. All that the matrix and the card are made from. */
import type { LaneSetup } from "@/lib/providers/provider";

import type { Suite } from "./case";
import type { Trial } from "./trial";

export const VERIFY_RUN_FORMAT = "vitrine-verify";
export const VERIFY_RUN_VERSION = 1;

export type VerifyRun = {
  readonly id: string;
  /** epoch ms */
  readonly startedAt: number;
  /** epoch ms; null while it runs, is paused, or was cut. */
  readonly endedAt: number | null;
  readonly suite: Suite;
  /** SHA-256 of the suite's canonical JSON, hex. */
  readonly suiteHash: string;
  /** "seed", "core", "full", or "own". */
  readonly preset: string;
  readonly repetitions: number;
  /** The first is the reference. */
  readonly lanes: readonly VerifyLane[];
  readonly trials: readonly Trial[];
  /** Why the run counts for nothing: a server that changed under it. null = it counts. */
  readonly voided: string | null;
};

export type VerifyLane = {
  /** "llamacpp/smollm2-135m" */
  readonly label: string;
  /** "server": sent to a model. "recordings": graded as recorded, nothing is sent. */
  readonly from: "server" | "recordings";
  readonly setup: LaneSetup;
  /** Levels that are tried; [null] = the lane's own alone. */
  readonly efforts: readonly (string | null)[];
  readonly before: ServerFacts | null;
  readonly after: ServerFacts | null;
};

/** What a server says of itself; null = it does not say. */
export type ServerFacts = {
  readonly model: string | null;
  /** "Q4_K_M" */
  readonly quantization: string | null;
  /** SHA-256 of the chat template, hex, first 12 characters. */
  readonly templateHash: string | null;
  readonly build: string | null;
  /** tokens */
  readonly contextTokens: number | null;
  /** Whether the model takes an effort: Anthropic's list of models says it of the model, llama.cpp of the chat template. */
  readonly readsEffort: boolean | null;
  /** The levels that the list of models gives the model, from low to high. */
  readonly efforts: readonly string[] | null;
};
