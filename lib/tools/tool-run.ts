/** What a running tool reports. */
import type { ToolFailReason, ToolQuestion, ToolResult } from "@/lib/stream/turn/event";

/** The events of a tool that runs; the last one is `end` or `fail`. Never rejects. */
export type ToolRunEvents = AsyncIterable<ToolRunEvent>;

export type ToolRunEvent =
  | { readonly type: "progress"; readonly text: string }
  /** It asks a person and waits; null = the question is settled. */
  | { readonly type: "ask"; readonly question: ToolQuestion | null }
  | { readonly type: "end"; readonly result: ToolResult }
  /** The tool gave no result; a person decides what the model is told. */
  | { readonly type: "fail"; readonly message: string; readonly reason?: ToolFailReason };
