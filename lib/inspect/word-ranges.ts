import type { StreamEvent } from "@/lib/stream/turn/event";
import type { Part } from "@/lib/stream/turn/turn";

import type { WordRange } from "./frame";

type Growing = { type: Part["type"]; length: number };

type Types = { readonly [type in StreamEvent["type"]]?: Part["type"] };

/** Events that open a part, unless its id is known, and the part that they open. */
const OPENS: Types = {
  "reasoning-start": "reasoning",
  "text-start": "text",
  "tool-input-start": "tool-call",
  "provider-call-start": "provider-call",
  image: "image",
  "unknown-part": "unknown",
};
/** Events that lengthen a part of this type and of no other. */
const GROWS: Types = {
  "reasoning-delta": "reasoning",
  "text-delta": "text",
  "tool-input-delta": "tool-call",
  "provider-call-delta": "provider-call",
};

/** Follows the parts of one step as the fold does. Gives the characters of its part's text that an event makes. */
export function openWordRanges(): (event: StreamEvent) => WordRange | null {
  const parts = new Map<string, Growing>();
  return (event) => {
    if (!("id" in event) || typeof event.id !== "string") return null;
    const part = parts.get(event.id);
    const opened = OPENS[event.type];
    if (opened !== undefined && part === undefined) parts.set(event.id, { type: opened, length: 0 });
    if (event.type === "text-to-reasoning" && part?.type === "text") part.type = "reasoning";
    if (!("text" in event) || part === undefined || GROWS[event.type] !== part.type) return null;
    const from = part.length;
    part.length += event.text.length;
    return event.text === "" ? null : { part: event.id, from, to: part.length };
  };
}
