import { findLoneClose } from "./lone-close";
import type { Part, ReasoningPart, TextPart } from "./turn";

/** A text as the thought before its lone closing tag and the text after it; null where it has no such tag. */
export function splitThought(part: TextPart): readonly Part[] | null {
  const close = findLoneClose(part.text);
  if (close === null) return null;
  const cut = close.at + close.tag.length;
  const { startedAt, endedAt, deltas } = part;
  const thought: ReasoningPart = {
    type: "reasoning",
    id: `${part.id}.thought`,
    text: part.text.slice(0, close.at),
    tags: { open: "", close: close.tag },
    replay: [],
    startedAt,
    endedAt,
    deltas,
  };
  const move = (offset: number | null): number | null => (offset === null ? null : Math.max(0, offset - cut));
  const citations = part.citations.map((citation) => ({
    ...citation,
    start: move(citation.start),
    end: move(citation.end),
  }));
  return [thought, { ...part, text: part.text.slice(cut), citations }];
}
