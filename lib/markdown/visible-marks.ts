type Range = readonly [first: number, last: number];

// Characters that change or hide what a reader sees. Written as a list of ranges, as a class of them is unreadable.
const HIDDEN: readonly Range[] = [
  [0x00, 0x08], // C0 controls without tab and newlines
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f], // delete and C1 controls
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f], // zero width and direction marks
  [0x2028, 0x202e], // line separators, bidi embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, bidi isolates
  [0x3164, 0x3164],
  [0xd800, 0xdfff], // lone surrogates
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff], // tags and variation selectors that can carry hidden text
];

const LOOKUP = anyOf(HIDDEN);

// Joins emoji into one, as in a family; anywhere else it is hidden text.
const EMOJI_JOINER =
  /(?<=\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)\u200d(?=\p{Extended_Pictographic})/gu;

// Characters that reorder text or carry invisible text. Joiners, direction marks and zero-width spaces stay as they
// are: Persian, Arabic, Hindi, Thai and emoji are written with them.
const DECEIVING: readonly Range[] = [
  [0x00, 0x08], // controls without tab and newlines
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0x202a, 0x202e], // bidi embeddings and overrides
  [0x2066, 0x2069], // bidi isolates
  [0xe0000, 0xe0fff], // tags and variation selectors
];

const TRAPS = anyOf(DECEIVING);

// A flag of a region is a black flag with a tag, a rare Chinese character one with a selector.
const HONEST_TAGS =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}|(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]/gu;

const HONEST_OR_TRAP = new RegExp(`${HONEST_TAGS.source}|(${TRAPS.source})`, "gu");

/** Writes what could deceive a reader as its code, for running text in any language; text without any comes back as it is. */
export function showTraps(text: string): string {
  if (text.search(TRAPS) < 0) return text;
  return text.replace(HONEST_OR_TRAP, (found, trap?: string) => (trap === undefined ? found : codeOf(trap)));
}

/** The codes that `showTraps` would write, each once, for text that must stay as it is. */
export function trapsIn(text: string): readonly string[] {
  if (text.search(TRAPS) < 0) return [];
  return [...new Set([...text.matchAll(HONEST_OR_TRAP)].flatMap(([, trap]) => (trap ? [codeOf(trap)] : [])))];
}

/** Writes each hidden character as its code, such as `U+202E`; text without any comes back as it is. */
export function showMarks(text: string): string {
  if (text.search(LOOKUP) < 0) return text;
  const joiners = new Set([...text.matchAll(EMOJI_JOINER)].map((match) => match.index));
  return text.replace(LOOKUP, (character, index: number) => {
    if (joiners.has(index)) return character;
    return codeOf(character);
  });
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function anyOf(ranges: readonly Range[]): RegExp {
  const pieces = ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
  return new RegExp(`[${pieces.join("")}]`, "gu");
}
