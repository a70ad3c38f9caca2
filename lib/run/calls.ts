/** What the calls of a step that has ended still need. Pure. */
import type { Step } from "@/lib/stream/turn/turn";

/** Whether every call of an ended step has its result, and there is one: the next step can be asked for. */
export function isAnswered(step: Step | undefined): boolean {
  const calls = step?.parts.filter((part) => part.type === "tool-call") ?? [];
  return !isWaiting(step) && calls.some((call) => call.status.state === "answered");
}

/** Whether a call of the step still waits for its result, from a person or from a tool that runs. */
export function isWaiting(step: Step | undefined): boolean {
  const parts = step?.parts ?? [];
  return parts.some(
    (part) =>
      part.type === "tool-call" &&
      (part.status.state === "awaiting-result" || part.status.state === "running"),
  );
}

/** Characters of a result that the model gets without a person's word. */
export const LONGEST_UNASKED = 20_000;
