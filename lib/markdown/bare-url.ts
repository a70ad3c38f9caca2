/** CJK punctuation, full-width forms, and quotes, which never occur in an address. */
const ENDS = /[\u3000-\u303f\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’«»„…]/u;
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** What ends a sentence rather than an address. */
const TRAILING = /[?!.,:;*_~'"]+$/;

/** Finds where a bare address ends: before CJK punctuation, or at a closing bracket that the address did not open. */
export function bareUrlLength(url: string): number {
  let end = url.search(ENDS);
  if (end < 0) end = url.length;
  const open = { "(": 0, "[": 0, "{": 0 };
  for (let at = 0; at < end; at += 1) {
    const character = url.charAt(at);
    if (character === "(" || character === "[" || character === "{") open[character] += 1;
    const opener = PAIRS[character];
    if (opener !== "(" && opener !== "[" && opener !== "{") continue;
    open[opener] -= 1;
    if (open[opener] < 0) end = at;
  }
  return end === url.length ? end : url.slice(0, end).replace(TRAILING, "").length;
}
