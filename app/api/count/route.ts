import { countTokens } from "@/lib/server/count/count-tokens";

/** Tokens of a request, as its provider's own counter says. */
export const POST = countTokens;
