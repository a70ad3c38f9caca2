/** Where calls are answered: each by the binding of its tool. */
import type { ToolQuestion, ToolResult } from "@/lib/stream/turn/event";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { findRunner } from "./runners/registry";
import type { ToolDefinition } from "./tool";

export type ToolDesk = {
  /** What a call gets when it comes in. "ask": a person answers it. */
  readonly answer: (call: ToolCallPart, signal: AbortSignal) => "ask" | ToolRunEvents;
};

/** The events of a tool that runs; the last one is `end` or `fail`. Never rejects. */
export type ToolRunEvents = AsyncIterable<ToolRunEvent>;

export type ToolRunEvent =
  | { readonly type: "progress"; readonly text: string }
  /** It asks a person and waits; null = the question is settled. */
  | { readonly type: "ask"; readonly question: ToolQuestion | null }
  | { readonly type: "end"; readonly result: ToolResult }
  /** The tool gave no result; a person decides what the model is told. */
  | { readonly type: "fail"; readonly message: string };

/** Leaves every call to a person: no binding answers by itself yet. */
export const askingDesk: ToolDesk = { answer: () => "ask" };

/** Runs a call's tool because a person pressed Run; null where its binding does not run. */
export function runTool(
  call: ToolCallPart,
  tools: readonly ToolDefinition[],
  signal: AbortSignal,
): ToolRunEvents | null {
  const binding = tools.find(({ name }) => name === call.name)?.binding;
  const runner = binding?.kind === "page" ? findRunner(binding.name) : null;
  const { status } = call;
  if (runner === null || status.state !== "awaiting-result" || !status.args.valid) return null;
  return runInPage(() => runner.run(status.args.valid ? status.args.value : null, { signal }), signal);
}

async function* runInPage(
  run: () => ReturnType<NonNullable<ReturnType<typeof findRunner>>["run"]>,
  signal: AbortSignal,
): AsyncGenerator<ToolRunEvent, void, undefined> {
  try {
    const result = await run();
    if (signal.aborted) yield { type: "fail", message: "Stopped." };
    else if (result.ok)
      yield { type: "end", result: { output: result.output, isError: false, origin: { by: "page" } } };
    else yield { type: "fail", message: result.message };
  } catch (error) {
    yield { type: "fail", message: error instanceof Error ? error.message : String(error) };
  }
}
