import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

/** The calls of a step that may go back: finished ones, answered or not. */
export function sendableCalls(step: Step, note: Note): readonly ToolCallPart[] {
  const calls = step.parts.filter((part) => part.type === "tool-call");
  return calls.filter((call) => {
    const finished = call.status.state === "answered" || call.status.state === "awaiting-result";
    if (!finished) note(`The unfinished call of ${call.name} is not sent back.`);
    return finished;
  });
}
