/**
 * Tokens of thinking that an effort stands for where a model takes a budget and no level. The numbers are those
 * that Google's OpenAI mode gives the words for Gemini 2.5; for Claude up to 4.5, whose maker has none, they are used
 * as well, so that a word costs the same in both. https://ai.google.dev/gemini-api/docs/openai
 */
const EFFORT_BUDGETS = { none: 0, low: 1024, medium: 8192, high: 24_576 } as const;

/** The budget in tokens; null for an effort that has none. */
export function effortBudget(effort: string): number | null {
  return Object.entries(EFFORT_BUDGETS).find(([name]) => name === effort)?.[1] ?? null;
}
