/** What is wrong with a key before it is sent anywhere. Pure. */

const NAMES: ReadonlyMap<string, string> = new Map([
  ["\u00A0", "a no-break space"],
  ["\u00AD", "a soft hyphen"],
  ["\u200B", "a zero-width space"],
  ["\u200C", "a zero-width non-joiner"],
  ["\u200D", "a zero-width joiner"],
  ["\u2010", "a hyphen that is not the one on the keyboard"],
  ["\u2011", "a no-break hyphen"],
  ["\u2013", "an en dash"],
  ["\u2014", "an em dash"],
  ["\u2018", "a curly quote"],
  ["\u2019", "a curly quote"],
  ["\u201C", "a curly quote"],
  ["\u201D", "a curly quote"],
  ["\u2060", "a word joiner"],
  ["\uFEFF", "a byte order mark"],
]);

/** Why this text cannot be a key, with what to do; null where it can. Blanks at either end do not count. */
export function keyProblem(pasted: string): string | null {
  const key = pasted.trim();
  if (/[•●∙·⋯…]|\.{3}|\*{3}/u.test(key)) {
    return "These are dots: you copied a masked key. Copy the key itself from where it was created.";
  }
  if (/^(["'`]).*\1$/u.test(key)) return "The key stands in quotation marks. Paste it without them.";
  if (/\s/u.test(key) && /^[\t\n\r\u0020-\u007e]*$/u.test(key)) {
    return "A key has no spaces or line breaks. Paste the key alone.";
  }
  const characters = Array.from(key);
  const at = characters.findIndex((character) => !/[\u0021-\u007e]/u.test(character));
  if (at === -1) return key.length > 4096 ? "A key is never this long. Paste the key alone." : null;
  const character = characters[at] ?? "";
  return `Character ${at + 1} of the key is ${nameOf(character)}, which no key has. Copy the key again.`;
}

function nameOf(character: string): string {
  const known = NAMES.get(character);
  if (known !== undefined) return known;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `“${character}” (${code})` : `the invisible ${code}`;
}
