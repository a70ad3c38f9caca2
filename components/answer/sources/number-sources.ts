import { blocksAt } from "@/lib/markdown/blocks-at";
import type { Citation } from "@/lib/stream/turn/event";

export type NumberedSources = {
  /** Each source once, in the order in which they were first named: the first is number 1. */
  readonly sources: readonly Citation[];
  /** Numbers of the sources of a text's top-level blocks, by the block's index. */
  readonly marks: ReadonlyMap<number, readonly number[]>;
};

/** Numbers the sources of a finished text and finds the block after which each is cited. Pure. */
export function numberSources(text: string, citations: readonly Citation[]): NumberedSources {
  const sources: Citation[] = [];
  const numbers = new Map<string, number>();
  const cited: { readonly number: number; readonly end: number }[] = [];
  for (const citation of citations) {
    const key = citation.url ?? citation.title ?? citation.quote ?? "";
    const number = numbers.get(key) ?? sources.push(citation);
    numbers.set(key, number);
    if (citation.end !== null) cited.push({ number, end: citation.end });
  }
  const marks = new Map<number, number[]>();
  if (cited.length === 0) return { sources, marks };
  const blocks = blocksAt(
    text,
    cited.map(({ end }) => end),
  );
  for (const [index, block] of blocks.entries()) {
    const number = cited[index]?.number;
    const here = marks.get(block) ?? [];
    if (number !== undefined && !here.includes(number)) marks.set(block, [...here, number]);
  }
  return { sources, marks };
}
