import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { LOCAL_SAMPLERS } from "./local-samplers";

export const mistral: Provider = {
  id: "mistral",
  label: "Mistral",
  baseUrl: "https://api.mistral.ai/v1",
  baseUrlEnv: "MISTRAL_BASE_URL",
  keyEnv: "MISTRAL_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: console.mistral.ai/api-keys",
  effortRules: [{ matches: /^(?:magistral|mistral-(?:small|medium))/, values: ["none", "high"], note: null }],
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        includeUsage: false,
        answersTools: true,
        callIds: "nine-alphanumeric",
        rejects: [
          ...LOCAL_SAMPLERS,
          "stream_options",
          "max_completion_tokens",
          "seed",
          "logit_bias",
          "logprobs",
          "top_logprobs",
        ],
      }),
    },
  ],
};
