/**
 * How well a text fits what was typed: 0 = not at all, higher is better. Every word typed must be there; the
 * worst-placed word decides (start of the text, start of a word, inside a word), and several words that stand together
 * as typed come before all others. Case does not matter. Pure.
 */
export function rank(text: string, query: string): number {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return 1;
  const lower = text.toLowerCase();
  const worst = Math.min(...words.map((word) => rankWord(lower, word)));
  return worst === 0 || words.length === 1 ? worst : worst + 3 * rankWord(lower, words.join(" "));
}

function rankWord(text: string, word: string): number {
  let best = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1];
    best = Math.max(best, before === undefined ? 3 : /[\p{L}\p{N}]/u.test(before) ? 1 : 2);
  }
  return best;
}

/** The items that fit, best first; equals keep their order. Pure. */
export function rankAll<Item>(items: readonly Item[], query: string, text: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, score: rank(text(item), query) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
