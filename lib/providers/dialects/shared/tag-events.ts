import type { ThinkTagMode } from "@/lib/providers/provider";
import type { StreamEvent } from "@/lib/stream/turn/event";

import { openTaggedText, type TaggedText } from "./tagged-text";

type TextStart = Extract<StreamEvent, { type: "text-start" }>;

/** Kinds of events at which text that was held must be given first, so that parts keep their order. */
const FLUSHES: ReadonlySet<StreamEvent["type"]> = new Set([
  "reasoning-start",
  "text-start",
  "tool-input-start",
  "provider-call-start",
  "unknown-part",
  "image",
  "step-end",
  "step-stop",
  "step-fail",
]);

/** Passes the events of one step and makes thoughts of what stands between tags in its texts. */
export function openTagEvents(
  mode: Exclude<ThinkTagMode, "off">,
): (event: StreamEvent) => readonly StreamEvent[] {
  const texts = new Map<string, TaggedText>();
  let open: TaggedText | null = null;
  /** In "auto" only what the answer begins with may be a thought, and only where the server told none itself. */
  let isBeginning = true;

  const flush = (): readonly StreamEvent[] => {
    const events = open?.flush() ?? [];
    open = null;
    return events;
  };
  const startText = (event: TextStart): readonly StreamEvent[] => {
    const before = flush();
    if (mode === "auto" && !isBeginning) return [...before, event];
    isBeginning = false;
    open = openTaggedText(event, mode);
    texts.set(event.id, open);
    return before;
  };
  return (event) => {
    if (event.type === "text-start") return startText(event);
    if (FLUSHES.has(event.type)) {
      isBeginning = false;
      return [...flush(), event];
    }
    const text = "id" in event && event.id !== null ? texts.get(event.id) : undefined;
    if (text === undefined) return [event];
    if (event.type === "text-delta") return text.add(event.text);
    if (event.type === "text-end") return text.end();
    if (event.type === "citation") return text.cite(event.citation);
    return event.type === "replay" ? text.replay(event.item) : [event];
  };
}
