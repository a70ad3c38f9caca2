import type { Part, ReasoningPart, Step, TextPart } from "./turn";

/** Whether a finished step holds a thought, seen or hidden, and nothing that answers: no text, call, picture or anything else. */
export function endsInThought({ status, parts }: Step): boolean {
  if (status.state !== "done") return false;
  // Tags around nothing are no thought. Without tags and without words, the provider keeps the words to itself.
  const hasThought = parts.some(
    (part) => part.type === "reasoning" && (part.tags === null || part.text.trim() !== ""),
  );
  return hasThought && parts.every(answersNothing);
}

/** Whether a finished step shows nothing at all. */
export function isBlank({ status, parts }: Step): boolean {
  return status.state === "done" && parts.every((part) => answersNothing(part) && part.text.trim() === "");
}

function answersNothing(part: Part): part is ReasoningPart | TextPart {
  return part.type === "reasoning" || (part.type === "text" && part.text.trim() === "");
}
