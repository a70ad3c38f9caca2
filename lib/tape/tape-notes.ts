import { formatCount } from "@/lib/stream/figures/format-number";

/** What a reader left out, counted: in the words of a person, one sentence for each kind of thing. */
export type TapeNotes = {
  /** One more of what this sentence says. `first` is the line where it was seen. */
  readonly add: (what: string, line: number) => void;
  readonly list: () => readonly string[];
};

/** Sentences that are kept: a hostile file may give each line a name of its own. */
const MOST_KINDS = 20;

/** Opens the notes of one file. */
export function openTapeNotes(): TapeNotes {
  const seen = new Map<string, { count: number; readonly first: number }>();
  let others = 0;
  return {
    add: (what, line) => {
      const known = seen.get(what);
      if (known) known.count += 1;
      else if (seen.size < MOST_KINDS) seen.set(what, { count: 1, first: line });
      else others += 1;
    },
    list: () => [
      ...Array.from(seen, ([what, { count, first }]) =>
        count === 1 ? `Line ${first}: ${what}` : `${formatCount(count)} lines from line ${first} on: ${what}`,
      ),
      ...(others === 0
        ? []
        : [`${formatCount(others)} more things in this tape are not known and were left out.`]),
    ],
  };
}
