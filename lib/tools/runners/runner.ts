/** A tool that runs in the page. One file, one tool, one line in `registry.ts`, one sample that is bound to it. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";

export type ToolRunner = {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
  /** Expected failure is a value: a person decides whether the model is told `message`. */
  readonly run: (input: Json, options: { readonly signal: AbortSignal }) => Promise<ToolRunResult>;
};

export type ToolRunResult =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly message: string };
