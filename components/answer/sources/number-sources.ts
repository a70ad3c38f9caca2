import { blocksAt } from "@/lib/markdown/blocks-at";
import type { Citation } from "@/lib/stream/turn/event";

export type NumberedSources = {
  /** Each source once, in the order in which they were first named: the first is number 1. */
  readonly sources: readonly Citation[];
  /** Numbers of the sources of a text's top-level blocks, by the block's place. */
  readonly marks: ReadonlyMap<number, readonly number[]>;
};

/** Numbers the sources of a finished text and finds the block after which each is cited. Pure. */
export function numberSources(text: string, citations: readonly Citation[]): NumberedSources {
  const sources: Citation[] = [];
  const numbers = new Map<string, number>();
  const placed: { readonly number: number; readonly end: number }[] = [];
  for (const citation of citations) {
    const key = citation.url ?? citation.title ?? citation.quote ?? "";
    const number = numbers.get(key) ?? sources.push(citation);
    numbers.set(key, number);
    if (citation.end !== null) placed.push({ number, end: citation.end });
  }
  const marks = new Map<number, number[]>();
  if (placed.length === 0) return { sources, marks };
  const places = blocksAt(
    text,
    placed.map(({ end }) => end),
  );
  for (const [index, place] of places.entries()) {
    const number = placed[index]?.number;
    const here = marks.get(place) ?? [];
    if (number !== undefined && !here.includes(number)) marks.set(place, [...here, number]);
  }
  return { sources, marks };
}
