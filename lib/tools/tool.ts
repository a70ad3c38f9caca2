/** A tool that can run in the page at a click. One file, one tool, one line in `registry.ts`. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";

export type ToolRunner = {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
  /** Expected failure is a value: the model receives `message` as an error result. */
  readonly run: (input: Json, options: { readonly signal: AbortSignal }) => Promise<ToolRunResult>;
};

export type ToolRunResult =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly message: string };
