import { DEEPEST_JSON, MOST_PARTS } from "@/lib/stream/turn/bounds";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { findJsonProblem, keepableJson } from "@/lib/stream/turn/json-depth";

import { limitError } from "./sse";

const STARTS: ReadonlySet<StreamEvent["type"]> = new Set([
  "reasoning-start",
  "text-start",
  "tool-input-start",
  "provider-call-start",
]);

/** Holds the events of one step to its bounds: gives the event, or what takes its place. Whatever is left out is named once. */
export function openEventBounds(): (event: StreamEvent) => StreamEvent | null {
  let parts = 0;
  const whole = new Set<string>();
  const seen = new Set<string>();

  const refuseJson = (what: string, problem: string): StreamEvent | null => {
    const message = `The server sent ${what} that Vitrine can't save: ${problem}. It was left out.`;
    if (seen.has(message)) return null;
    seen.add(message);
    return { type: "warning", warning: { code: "json-refused", message } };
  };
  return (event) => {
    if (event.type === "replay") {
      const problem = findJsonProblem(event.item, DEEPEST_JSON);
      return problem === null ? event : refuseJson("data to send back", problem);
    }
    if (event.type === "unknown-part" || event.type === "image") {
      // The same id again is a newer version of the same part.
      if (!whole.has(event.id)) parts += 1;
      whole.add(event.id);
      if (parts > MOST_PARTS) return tooManyParts();
      return event.type === "image" ? event : { ...event, json: keepableJson(event.json, DEEPEST_JSON) };
    }
    if (!STARTS.has(event.type)) return event;
    parts += 1;
    if (parts <= MOST_PARTS) return event;
    return tooManyParts();
  };
}

function tooManyParts(): StreamEvent {
  return { type: "step-fail", error: limitError(`${String(MOST_PARTS)} parts in one answer`) };
}
