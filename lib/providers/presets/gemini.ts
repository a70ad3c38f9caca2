import type { Provider } from "@/lib/providers/provider";

import { LOCAL_SAMPLERS } from "./local-samplers";

export const gemini: Provider = {
  id: "gemini",
  label: "Gemini",
  baseUrl: "https://generativelanguage.googleapis.com/v1beta",
  // GEMINI_BASE_URL is the address of the OpenAI mode.
  baseUrlEnv: "GEMINI_NATIVE_BASE_URL",
  keyEnv: "GEMINI_API_KEY",
  auth: { kind: "header", name: "x-goog-api-key" },
  location: { kind: "hosted" },
  // https://ai.google.dev/api/tokens
  counts: ["gemini"],
  hint: "Keys: aistudio.google.com/apikey",
  speaks: [
    {
      dialect: "gemini",
      quirks: {
        effortShape: "native",
        thinkingLimitShape: "native",
        parallelToolCalls: false,
        rejects: LOCAL_SAMPLERS.filter((name) => name !== "top_k"),
        extra: {},
        timings: null,
        callIds: true,
        webSearch: true,
        searchBesideTools: true,
      },
    },
  ],
};
