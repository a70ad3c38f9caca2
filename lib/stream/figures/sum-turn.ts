import type { Turn } from "@/lib/stream/turn/turn";

/** A turn's totals: sums over its steps. Pure. */
import { type Figure, type FigureSource, unknown } from "./figure";
import { type CachedTokensOf, measure, type StepNumbers } from "./measure";

export type TurnTotals = {
  /** ms the steps took together; time spent waiting for tool results is not part of it */
  readonly totalTime: Figure;
  readonly inputTokens: Figure;
  readonly outputTokens: Figure;
  readonly reasoningTokens: Figure;
  readonly cachedTokens: Figure;
};

/** Sums over all steps. A sum with one unknown term is unknown, because a partial sum would look like the total. */
export function sumTurn(turn: Turn, cachedTokensOf: CachedTokensOf): TurnTotals {
  const steps = turn.steps.map((step) => measure(step, cachedTokensOf));
  return {
    totalTime: sum(steps, "totalTime"),
    inputTokens: sum(steps, "inputTokens"),
    outputTokens: sum(steps, "outputTokens"),
    reasoningTokens: sum(steps, "reasoningTokens"),
    cachedTokens: sum(steps, "cachedTokens"),
  };
}

function sum(steps: readonly StepNumbers[], key: keyof TurnTotals): Figure {
  if (steps.length === 0) return unknown("nothing was sent");
  let value = 0;
  let source: FigureSource = "server";
  for (const step of steps) {
    const figure = step[key];
    if (figure.value === null) return unknown("unknown for at least one step");
    value += figure.value;
    if (figure.source !== "server" && source !== "estimated") source = figure.source;
  }
  return { value, source, explain: steps.length === 1 ? "one step" : `sum of ${steps.length} steps` };
}
