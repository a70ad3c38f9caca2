import type { Part, Step } from "@/lib/stream/turn/turn";

import type { WordRange } from "./frame";

/** A stretch of a part's text as the step has it now. */
export type PlacedWords = WordRange & { readonly type: Part["type"]; readonly text: string };

const THOUGHT = ".thought";

/**
 * Words as frames made them, in the parts that the step has now: a person may have read the beginning of a text as a
 * thought, which is a part of its own then.
 */
export function placeWords(step: Pick<Step, "parts">, words: readonly WordRange[]): readonly PlacedWords[] {
  return words.flatMap(({ part: id, from, to }) => {
    const split = splitOf(step, id);
    const part = step.parts.find((each) => each.id === id);
    if (split === null) return part === undefined ? [] : placed(part, from, to, 0);
    const { thought, offset } = split;
    return [...placed(thought, from, to, 0), ...(part === undefined ? [] : placed(part, from, to, offset))];
  });
}

/** Where characters of a part lie in the text that frames made. */
export function unplaceWords(step: Pick<Step, "parts">, { part: id, from, to }: WordRange): WordRange {
  if (id.endsWith(THOUGHT)) {
    const base = id.slice(0, -THOUGHT.length);
    if (splitOf(step, base) !== null) return { part: base, from, to };
  }
  const offset = splitOf(step, id)?.offset ?? 0;
  return { part: id, from: from + offset, to: to + offset };
}

/** The text of a part as its frames made it; null where it has none. */
export function textOf(part: Part): string | null {
  switch (part.type) {
    case "text":
    case "reasoning":
      return part.text;
    case "tool-call":
    case "provider-call":
      return part.input;
    case "image":
    case "unknown":
      return null;
  }
}

/** The thought that was taken off the beginning of a text, and how much of the text went with it. */
function splitOf({ parts }: Pick<Step, "parts">, id: string) {
  const thought = parts.find((part) => part.id === id + THOUGHT);
  if (thought?.type !== "reasoning") return null;
  return { thought, offset: thought.text.length + (thought.tags?.close.length ?? 0) };
}

function placed(part: Part, from: number, to: number, offset: number): readonly PlacedWords[] {
  const whole = textOf(part);
  if (whole === null) return [];
  const first = Math.max(0, from - offset);
  const end = Math.min(whole.length, to - offset);
  if (end <= first) return [];
  return [{ part: part.id, type: part.type, from: first, to: end, text: whole.slice(first, end) }];
}
