import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolRunner } from "./runner";
import { PAGES } from "./search-pages";

const MOST_RESULTS = 10;

/** Searches ten invented pages about a city. */
export const search: ToolRunner = {
  name: "search",
  description: "Search the web. Returns a list of pages, best first.",
  parameters: {
    type: "object",
    properties: {
      query: { type: "string", description: "Search terms" },
      limit: { type: "integer", description: "Maximum number of pages", minimum: 1, maximum: MOST_RESULTS },
    },
    required: ["query"],
    additionalProperties: false,
  },
  run: (input) => {
    const { query, limit = 3 } = isObject(input) ? input : {};
    if (typeof query !== "string" || query.trim() === "")
      return Promise.resolve({ ok: false, message: "query must say what to search for." });
    const terms = wordsIn(query);
    const found = PAGES.map((page) => {
      const words = new Set(wordsIn(`${page.title} ${page.title} ${page.snippet}`));
      const titles = new Set(wordsIn(page.title));
      const score = terms.reduce((sum, term) => sum + (titles.has(term) ? 2 : words.has(term) ? 1 : 0), 0);
      return { page, score };
    })
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, typeof limit === "number" ? Math.max(1, Math.min(MOST_RESULTS, limit)) : 3);
    return Promise.resolve({
      ok: true,
      output: JSON.stringify(
        found.map(({ page }) => page),
        null,
        2,
      ),
    });
  },
};

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}
