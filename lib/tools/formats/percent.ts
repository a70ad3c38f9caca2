/** A text as a part of an address. Half a character, which has no encoding, becomes the mark for one that is lost. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}

/** The text that a part of an address stands for; the part itself where its percent signs are no encoding. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
