import { type GrowingText, textAfter } from "@/lib/markdown/growing-text";
import { openPartialJson } from "@/lib/stream/turn/partial-json";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

/** Enough for any reader, and little enough to be drawn anew every frame. */
const SHOWN_CHARACTERS = 2_000;

/** The end of arguments that arrive: characters left out before it, what is complete of it, and its unfinished tail. */
export type ShownArguments = { readonly before: number; readonly complete: string; readonly tail: string };

/**
 * Gives a function from a call's arguments to what is shown of them. They only grow, which costs no more than what was
 * added; shorter ones are others, and are read from their start.
 */
export function openArgumentsReader(form: ToolCallPart["form"]): (input: GrowingText) => ShownArguments {
  let json = openPartialJson();
  let read = 0;
  let end = "";
  return (input) => {
    const { length } = input.whole;
    if (length < read) {
      json = openPartialJson();
      read = 0;
      end = "";
    }
    if (length > read) {
      const added = textAfter(input, read);
      if (form === "json") json.write(added);
      end = (end + added).slice(-SHOWN_CHARACTERS);
      read = length;
    }
    const before = length - end.length;
    // Free text is whole wherever it stops.
    const firmEnd = form === "json" ? Math.min(json.tailStart(), length) : length;
    const tail = Math.max(0, firmEnd - before);
    return { before, complete: end.slice(0, tail), tail: end.slice(tail) };
  };
}
