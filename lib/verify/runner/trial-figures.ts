import type { Step, Turn } from "@/lib/stream/turn/turn";
import type { TrialFigures } from "@/lib/verify/trial";

/** What a trial took. Waiting in a queue or for a retry is no part of its times; our own refusals are no retries. Pure. */
export function trialFigures(turns: readonly Turn[]): TrialFigures {
  const steps = turns.flatMap((turn) => turn.steps);
  let totalMs = 0;
  let firstCallMs: number | null = null;
  for (const step of steps) {
    const call = step.parts.find(({ type }) => type === "tool-call");
    if (firstCallMs === null && call !== undefined && step.sentAt !== null)
      firstCallMs = totalMs + (call.startedAt - step.sentAt);
    totalMs += durationOf(step);
  }
  return {
    totalMs,
    firstCallMs,
    promptTokens: sumOf(steps, ({ usage }) => usage?.input ?? null),
    outputTokens: sumOf(steps, ({ usage }) => usage?.output ?? null),
    reasoningTokens: sumOf(steps, ({ usage }) => usage?.reasoning ?? null),
    costUsd: sumOf(steps, ({ costUsd }) => costUsd),
    steps: steps.length,
    calls: steps.reduce((sum, { parts }) => sum + parts.filter(({ type }) => type === "tool-call").length, 0),
    retries: steps.reduce(
      (sum, { retries }) => sum + retries.filter(({ error }) => error.source !== "app").length,
      0,
    ),
    confirmations: 0,
  };
}

function durationOf({ sentAt, endedAt }: Step): number {
  return sentAt === null || endedAt === null ? 0 : Math.max(0, endedAt - sentAt);
}

/** null where one of the steps does not know it: a sum without it would be too low. */
function sumOf(steps: readonly Step[], figure: (step: Step) => number | null): number | null {
  let sum = 0;
  for (const step of steps) {
    const each = figure(step);
    if (each === null) return null;
    sum += each;
  }
  return steps.length === 0 ? null : sum;
}
