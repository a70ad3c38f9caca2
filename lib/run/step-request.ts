/** Where a step goes, as its turn keeps it, and the step of a turn that cannot be sent. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { RunError, StepRequest, StreamEvent } from "@/lib/stream/turn/event";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { TurnSink } from "./ports";
import type { TurnClock } from "./turn-clock";

/** A step that failed before it could be written or sent. */
export function failStep(
  run: { readonly at: TurnClock; readonly sink: Pick<TurnSink, "emit"> } & {
    readonly request: StepRequest;
    readonly error: RunError;
  },
  stepId: string,
): void {
  const at = run.at();
  const events: readonly StreamEvent[] = [
    { type: "step-start", stepId, request: run.request },
    { type: "step-fail", error: run.error },
  ];
  run.sink.emit(
    events.map((event) => ({ at, event })),
    "run",
  );
}

/** Where a step of this run goes, and how. `dialect` is "" where none was chosen yet. */
export function requestOf(
  {
    setup,
    endpointName,
    tools,
  }: {
    readonly setup: LaneSetup;
    readonly endpointName: string | null;
    readonly tools: readonly ToolDefinition[];
  },
  dialect: string,
): StepRequest {
  const { provider, model, endpoint, effort, thinkingTokens, maxTokens, samplers } = setup;
  const names = toolNames(setup, tools);
  const kept = { endpointName, effort, thinkingTokens, maxTokens, samplers, tools: names };
  return { provider, dialect, model, endpoint, setup: kept };
}

/** Names of the tools that a setup has on, in their order. */
export function toolNames({ tools }: LaneSetup, known: readonly ToolDefinition[]): readonly string[] {
  return known.filter(({ id }) => tools.includes(id)).map(({ name }) => name);
}
