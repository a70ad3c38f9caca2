/** A tool that runs in the page. One file, one tool, one line in `registry.ts`. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";

export type ToolRunner = {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
  /** The model is told why a call failed, as of any other tool. */
  readonly run: (input: Json, options: RunnerOptions) => Promise<ToolRunResult>;
};

export type RunnerOptions = {
  readonly signal: AbortSignal;
  /** Arguments of the branch's earlier calls that ran, oldest first: what a tool with state builds its state from. */
  readonly earlier: readonly Json[];
  /** epoch ms */
  readonly now: () => number;
};

export type ToolRunResult =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly message: string };
