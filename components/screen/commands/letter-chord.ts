/** A chord of Alt and a letter, such as "Alt+n". */
const LETTER_CHORD = /^Alt\+([a-z])$/u;

/** A character as it is typed, such as "Shift+?". */
const CHARACTER = /^(?:Shift\+)?\S$/u;

/**
 * The chord in tinykeys' notation. A letter is also found by its place on the keyboard: on a Mac, Option and N
 * give another character than n.
 */
export function tinyChord(chord: string): string {
  const letter = LETTER_CHORD.exec(chord)?.[1];
  return letter === undefined ? chord : `Alt+(${letter}|Key${letter.toUpperCase()})`;
}

/**
 * Whether a key press that fits the place of a chord is meant as that chord: not where the keyboard has another
 * letter at that place, nor where the press types a character into a field.
 */
export function isMeant(chord: string, press: { readonly key: string; readonly isTyping: boolean }): boolean {
  if (CHARACTER.test(chord)) return !press.isTyping;
  const letter = LETTER_CHORD.exec(chord)?.[1];
  if (letter === undefined) return true;
  const key = press.key.toLowerCase();
  return /^[a-z]$/u.test(key) ? key === letter : !press.isTyping;
}
