import type { Part, ReasoningPart } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

/**
 * The thoughts of a step that may go back as thoughts. Those that were read from tags in the text stay out: the server
 * sent none as such, and the templates of these models leave earlier ones out themselves.
 */
export function untaggedThoughts(parts: readonly Part[], note: Note): readonly ReasoningPart[] {
  return parts.filter((part) => part.type === "reasoning").filter((part) => isUntagged(part, note));
}

function isUntagged({ tags, text }: ReasoningPart, note: Note): boolean {
  if (tags !== null && text !== "") note("Thoughts that were read from tags in the text are not sent back.");
  return tags === null;
}
