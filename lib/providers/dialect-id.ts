import type { CachedTokens } from "@/lib/stream/figures/token-counts";

/** The wire formats by id, with what each is called on the page: the one list that all others derive from. */
export const DIALECT_LABELS = {
  "chat-completions": "Chat completions",
  responses: "Responses",
  anthropic: "Anthropic Messages",
  gemini: "Gemini",
} as const;

export type DialectId = keyof typeof DIALECT_LABELS;

/** Prompt tokens from the server's cache: part of the input count, or counted apart from it. */
const CACHED_TOKENS: { readonly [D in DialectId]: CachedTokens } = {
  "chat-completions": "in-input",
  responses: "in-input",
  anthropic: "apart",
  gemini: "in-input",
};

export const DIALECT_IDS: readonly DialectId[] = Object.keys(DIALECT_LABELS).filter(isDialectId);

/** How a wire format counts cached tokens; an id of another version of Vitrine counts as most formats do. */
export function cachedTokensOf(dialect: string): CachedTokens {
  return isDialectId(dialect) ? CACHED_TOKENS[dialect] : "in-input";
}

/** Whether a text is the id of a dialect. */
export function isDialectId(id: string): id is DialectId {
  return Object.hasOwn(DIALECT_LABELS, id);
}
