import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { LOCAL_SAMPLERS } from "./local-samplers";

export const cerebras: Provider = {
  id: "cerebras",
  label: "Cerebras",
  baseUrl: "https://api.cerebras.ai/v1",
  baseUrlEnv: "CEREBRAS_BASE_URL",
  keyEnv: "CEREBRAS_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: cloud.cerebras.ai",
  effortRules: [{ matches: /glm/, values: ["none"], note: 'This model thinks unless effort is "none".' }],
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        limitField: "max_completion_tokens",
        timings: "time-info",
        rejects: LOCAL_SAMPLERS,
      }),
    },
  ],
};
