import type { RunError, StreamEvent } from "@/lib/stream/turn/event";

/** A limit or the provider's own word ends a step in failure; a broken connection leaves it cut short. */
export function isFatal(error: RunError): boolean {
  return error.source === "provider" || error.code === "LIMIT";
}

/** The note on an answer that had its finish reason before its connection broke. */
export function cutAfterFinish(error: RunError): StreamEvent {
  const message = `The answer was complete before the connection broke: ${error.message}`;
  return { type: "warning", warning: { code: "cut-after-finish", message } };
}

/** The events of a reply in one piece that broke off with this error: what could be read of it comes first. */
export function brokenReply(events: readonly StreamEvent[], error: RunError): readonly StreamEvent[] {
  const last = events.at(-1);
  // Whole error bodies hold the server's own words.
  if (last?.type === "step-fail" && last.error.code !== "UNREADABLE_BODY") return events;
  if (last?.type !== "step-end") return [{ type: "step-fail", error }];
  const read = events.slice(0, -1);
  if (isFatal(error)) return [...read, { type: "step-fail", error }];
  return events.some(({ type }) => type === "finish")
    ? [...read, cutAfterFinish(error), last]
    : [...read, { type: "step-end", error }];
}
