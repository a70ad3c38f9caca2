import type { DialectId } from "./provider";

/** What each wire format is called on the page. */
export const DIALECT_LABELS: Record<DialectId, string> = {
  "chat-completions": "Chat completions",
  responses: "Responses",
  anthropic: "Anthropic Messages",
  gemini: "Gemini",
};
