// Characters that change or hide what a reader sees. Written as a list of ranges, as a class of them is unreadable.
const HIDDEN: readonly (readonly [first: number, last: number])[] = [
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

const LOOKUP = new RegExp(
  `[${HIDDEN.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("")}]`,
  "gu",
);

// Joins emoji into one, as in a family; anywhere else it is hidden text.
const EMOJI_JOINER =
  /(?<=\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f)?)\u200d(?=\p{Extended_Pictographic})/gu;

/** Writes each hidden character as its code, such as `U+202E`; text without any comes back as it is. */
export function showMarks(text: string): string {
  if (text.search(LOOKUP) < 0) return text;
  const joiners = new Set([...text.matchAll(EMOJI_JOINER)].map((match) => match.index));
  return text.replace(LOOKUP, (character, index: number) => {
    if (joiners.has(index)) return character;
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
