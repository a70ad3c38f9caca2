/** A chord of Alt and a letter, such as "Alt+n" or "Alt+Shift+f". */
const LETTER_CHORD = /^(Alt|Alt\+Shift)\+([a-z])$/u;

/** A character as it is typed, such as "Shift+?". */
const CHARACTER = /^(?:Shift\+)?\S$/u;

/**
 * The chord in tinykeys' notation. A letter is also found by its place on the keyboard: on a Mac, Option and N
 * give another character than n.
 */
export function tinyChord(chord: string): string {
  const [, modifiers, letter] = LETTER_CHORD.exec(chord) ?? [];
  return modifiers === undefined || letter === undefined
    ? chord
    : `${modifiers}+(${letter}|Key${letter.toUpperCase()})`;
}

/**
 * Whether a key press that fits the place of a chord is meant as that chord: not where the keyboard has another
 * letter at that place, nor where the press types a character into a field.
 */
export function isMeant(chord: string, press: { readonly key: string; readonly isTyping: boolean }): boolean {
  if (CHARACTER.test(chord)) return !press.isTyping;
  const letter = LETTER_CHORD.exec(chord)?.[2];
  if (letter === undefined) return true;
  const key = press.key.toLowerCase();
  return /^[a-z]$/u.test(key) ? key === letter : !press.isTyping;
}
