import type { Figure } from "@/lib/stream/figures/figure";
import { formatCost, formatPlural, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import type { Numbers } from "@/lib/stream/figures/measure-turn";

/** One number of an answer: what it is called, and how it is written. */
export type NumberRow = {
  readonly name: string;
  readonly key: keyof Numbers;
  readonly write: (value: number | null) => string;
};

const rate = (value: number | null) => `${formatRate(value)} tok/s`;
const tokens = (value: number | null) => formatPlural(value, "token");

/** The numbers of a step or a turn, in the order in which they are read. */
export const NUMBER_ROWS: readonly NumberRow[] = [
  { name: "Output speed", key: "outputRate", write: rate },
  { name: "To first token", key: "firstToken", write: formatSeconds },
  { name: "Thinking", key: "reasoningTime", write: formatSeconds },
  { name: "Answer", key: "answerTime", write: formatSeconds },
  { name: "Output", key: "outputTokens", write: tokens },
  { name: "Reasoning", key: "reasoningTokens", write: tokens },
  { name: "Prompt", key: "inputTokens", write: tokens },
  { name: "From cache", key: "cachedTokens", write: tokens },
  { name: "Newly read", key: "newTokens", write: tokens },
  { name: "Prompt speed", key: "promptRate", write: rate },
  { name: "Total", key: "totalTime", write: formatSeconds },
  { name: "Cost", key: "cost", write: formatCost },
];

/** A number with its unit; "≈" before an estimate, "–" where it is unknown. */
export function writtenFigure({ value, source }: Figure, write: NumberRow["write"]): string {
  if (value === null) return "–";
  return source === "estimated" ? `≈ ${write(value)}` : write(value);
}
