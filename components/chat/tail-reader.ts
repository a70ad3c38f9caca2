import { openPartialJson } from "@/lib/stream/partial-json";

/**
 * Gives a function from streamed JSON text to the offset where its unfinished tail begins. The same text
 * always gives the same offset; text that only grew costs no more than what was added.
 */
export function openTailReader(): (input: string) => number {
  let json = openPartialJson();
  let read = "";
  return (input) => {
    if (!input.startsWith(read)) {
      json = openPartialJson();
      read = "";
    }
    if (input.length > read.length) json.write(input.slice(read.length));
    read = input;
    return Math.min(json.tailStart(), input.length);
  };
}
