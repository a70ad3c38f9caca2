/** Settings, numbers and endings of a turn in words, for files that people read. */
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import type { LaneSetup } from "@/lib/providers/provider";
import { type Figure, SOURCE_LABELS } from "@/lib/stream/figures/figure";
import { formatCost, formatCount, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import { measureTurn } from "@/lib/stream/figures/measure-turn";
import { stopReason } from "@/lib/stream/figures/stop-reason";
import type { Step, ToolCallPart, Turn } from "@/lib/stream/turn/turn";

import type { ComparedTool } from "./comparison";

/** One number of a turn: "42.1 tokens/s", and who says so. */
export type NumberWords = { readonly label: string; readonly value: string; readonly source: string };

/** The numbers of a turn that are known. */
export function numbersIn(turn: Turn): readonly NumberWords[] {
  const numbers = measureTurn(turn, cachedTokensOf);
  return [
    words("speed", numbers.outputRate, (value) => `${formatRate(value)} tokens/s`),
    words("first token", numbers.firstToken, formatSeconds),
    words("thinking", numbers.reasoningTime, formatSeconds),
    words("output", numbers.outputTokens, (value) => `${formatCount(value)} tokens`),
    words("reasoning", numbers.reasoningTokens, (value) => `${formatCount(value)} tokens`),
    words("prompt", numbers.inputTokens, (value) => `${formatCount(value)} tokens`),
    words("cached", numbers.cachedTokens, (value) => `${formatCount(value)} tokens`),
    words("cost", numbers.cost, formatCost),
    words("total", numbers.totalTime, formatSeconds),
  ].filter((each) => each !== null);
}

/** A file is read elsewhere: there is no "here" in it. */
const FILE_LABELS = { ...SOURCE_LABELS, measured: "measured" } as const;

function words(
  label: string,
  { value, source }: Figure,
  write: (value: number) => string,
): NumberWords | null {
  return value === null ? null : { label, value: write(value), source: FILE_LABELS[source] };
}

/** What was set for a turn, apart from its model and system prompt: "effort high", "temperature 0.2", "tools a, b". */
export function settingsIn(setup: LaneSetup, tools: readonly ComparedTool[]): readonly string[] {
  const { effort, thinkingTokens, maxTokens, samplers } = setup;
  return [
    ...(effort === null ? [] : [`effort ${effort}`]),
    ...(thinkingTokens === null ? [] : [`at most ${formatCount(thinkingTokens)} thinking tokens`]),
    ...(maxTokens === null ? [] : [`at most ${formatCount(maxTokens)} tokens`]),
    ...Object.entries(samplers).map(([key, value]) => `${key} ${JSON.stringify(value)}`),
    ...(tools.length === 0 ? [] : [`tools ${tools.map(({ name }) => name).join(", ")}`]),
  ];
}

/** Why a step is not a whole answer, as a sentence; null for one that ended as it should. */
export function endingOf(step: Step): string | null {
  const { label, explain, notable } = stopReason(step);
  if (!notable) return label === null && step.endedAt === null ? "This step was still running." : null;
  const message = "error" in step.status && step.status.error !== null ? step.status.error.message : explain;
  return `${label ?? "ended"}: ${message}`;
}

/** What became of a call where it has no result; null where it has one. */
export function missingResult({ status }: ToolCallPart): string | null {
  switch (status.state) {
    case "answered":
      return null;
    case "input-streaming":
    case "unfinished":
      return "The call was cut off and never ran.";
    case "awaiting-result":
      return status.failure === undefined ? "No result was given." : `No result was given: ${status.failure}`;
    case "running":
      return "The tool was still running.";
  }
}
