import type { StreamEvent } from "@/lib/stream/turn/event";

import type { FrameKind } from "./frame";

/** What events bring to a person who looks for it. All others bring nothing of their own. */
const BRINGS: { readonly [type in StreamEvent["type"]]?: FrameKind } = {
  "reasoning-start": "thought",
  "reasoning-delta": "thought",
  "text-to-reasoning": "thought",
  "text-start": "text",
  "text-delta": "text",
  citation: "text",
  image: "text",
  "tool-input-start": "call",
  "tool-input-delta": "call",
  "provider-call-start": "call",
  "provider-call-delta": "call",
  "provider-call-end": "call",
  usage: "usage",
  cost: "usage",
  timings: "timings",
  "prompt-progress": "timings",
  "step-fail": "error",
};

/** From what a frame is mainly about to what it also brings. */
const ORDER: readonly FrameKind[] = ["own", "error", "call", "thought", "text", "usage", "timings", "other"];

/** The kinds of a frame that gave these events. */
export function kindsOf(events: readonly StreamEvent[]): readonly FrameKind[] {
  const found = new Set(events.map(kindOfEvent));
  const kinds = ORDER.filter((kind) => found.has(kind));
  return kinds.length === 0 ? ["other"] : kinds;
}

function kindOfEvent(event: StreamEvent): FrameKind | undefined {
  if (event.type === "step-end" && event.error !== undefined) return "error";
  return BRINGS[event.type];
}
