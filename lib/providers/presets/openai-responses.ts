import type { Provider } from "@/lib/providers/provider";

import { openai } from "./openai";
import { openAiResponsesQuirks } from "./openai-responses-quirks";

/** OpenAI asked in Responses: its models show summaries of their reasoning there, and may search the web. */
export const openAiResponses: Provider = {
  ...openai,
  id: "openai-responses",
  label: "OpenAI (Responses)",
  speaks: [{ dialect: "responses", quirks: openAiResponsesQuirks }],
};
