import type { ModelPages } from "@/lib/providers/provider";

/** A list of models that comes whole. */
export const ONE_PAGE: ModelPages = { first: "/models", next: () => null };
