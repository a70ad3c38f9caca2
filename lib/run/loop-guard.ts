/** When a lane that goes on by itself waits for a person. Pure. */
import type { RunLimits } from "@/lib/providers/provider";
import { callKey } from "@/lib/stream/turn/call-key";
import type { LoopPause } from "@/lib/stream/turn/event";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

/** The same call this many times is a loop. */
const MOST_EQUAL = 3;
/** More calls than this, of which no more than this share differ, are a flood. */
const FLOOD = { calls: 30, different: 0.35 };

export type LoopSoFar = {
  readonly limits: RunLimits;
  /** Steps since a person last acted, the newest last. */
  readonly steps: readonly Step[];
  /** Calls that ran since then without a person. */
  readonly answered: number;
};

/** Why `calls`, which belong to the newest step, do not run by themselves; null = they do. */
export function loopPause(
  { limits, steps, answered }: LoopSoFar,
  calls: readonly ToolCallPart[],
): LoopPause | null {
  const all = steps.flatMap(({ parts }) => parts.filter((part) => part.type === "tool-call"));
  const counts = new Map<string, number>();
  for (const call of all) counts.set(callKey(call), (counts.get(callKey(call)) ?? 0) + 1);
  if (all.length > FLOOD.calls && counts.size / all.length <= FLOOD.different)
    return { why: "flood", calls: all.length, different: counts.size };
  for (const call of calls) {
    const times = counts.get(callKey(call)) ?? 0;
    if (times >= MOST_EQUAL) return { why: "repeat", tool: call.name, times };
  }
  if (steps.length >= limits.steps) return { why: "steps", limit: limits.steps };
  if (answered + calls.length > limits.calls) return { why: "calls", limit: limits.calls };
  return null;
}
