/** The wire formats by id, with what each is called on the page: the one list that all others derive from. */
export const DIALECT_LABELS = {
  "chat-completions": "Chat completions",
  responses: "Responses",
  anthropic: "Anthropic Messages",
  gemini: "Gemini",
} as const;

export type DialectId = keyof typeof DIALECT_LABELS;

export const DIALECT_IDS: readonly DialectId[] = Object.keys(DIALECT_LABELS).filter(isDialectId);

/** Whether a text is the id of a dialect. */
export function isDialectId(id: string): id is DialectId {
  return Object.hasOwn(DIALECT_LABELS, id);
}
