/** How providers cut their lists of models into pages. */
import { z } from "zod";

import type { DialectId, Provider } from "@/lib/providers/provider";

export type ModelPages = {
  /** Path and query of the first page, below the base URL. */
  readonly first: string;
  /** Path and query of the page after this answer; null after the last. */
  readonly next: (page: unknown) => string | null;
};

/** The list's pages, by the dialect that the provider speaks first. */
export function modelPages({ speaks }: Pick<Provider, "speaks">): ModelPages {
  return PAGES[speaks[0].dialect];
}

const WHOLE: ModelPages = { first: "/models", next: () => null };

const anthropicPage = z.object({ has_more: z.literal(true), last_id: z.string().min(1) });
const geminiPage = z.object({ nextPageToken: z.string().min(1) });

const PAGES: Record<DialectId, ModelPages> = {
  "chat-completions": WHOLE,
  responses: WHOLE,
  // https://docs.anthropic.com/en/api/models-list
  anthropic: {
    first: "/models?limit=1000",
    next: (page) => {
      const { data } = anthropicPage.safeParse(page);
      return data === undefined ? null : `/models?limit=1000&after_id=${encodeURIComponent(data.last_id)}`;
    },
  },
  // https://ai.google.dev/api/models
  gemini: {
    first: "/models?pageSize=1000",
    next: (page) => {
      const { data } = geminiPage.safeParse(page);
      return data === undefined
        ? null
        : `/models?pageSize=1000&pageToken=${encodeURIComponent(data.nextPageToken)}`;
    },
  },
};
