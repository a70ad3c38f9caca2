import type { Provider } from "@/lib/providers/provider";

import { NOT_IN_MESSAGES } from "./not-in-messages";

export const anthropic: Provider = {
  id: "anthropic",
  label: "Anthropic",
  baseUrl: "https://api.anthropic.com/v1",
  baseUrlEnv: "ANTHROPIC_BASE_URL",
  keyEnv: "ANTHROPIC_API_KEY",
  auth: { kind: "header", name: "x-api-key" },
  headers: { "anthropic-version": "2023-06-01" },
  location: { kind: "hosted" },
  // https://docs.anthropic.com/en/api/messages-count-tokens
  counts: ["anthropic"],
  hint: "Keys: platform.claude.com/settings/keys",
  speaks: [
    {
      dialect: "anthropic",
      quirks: {
        effortShape: "native",
        thinkingLimitShape: "native",
        requestShape: "native",
        signedThinking: true,
        defaultMaxTokens: 16_000,
        parallelToolCalls: true,
        webSearch: true,
        timings: null,
        rejects: NOT_IN_MESSAGES,
        extra: {},
      },
    },
  ],
};
