import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const openrouter: Provider = {
  id: "openrouter",
  label: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
  baseUrlEnv: "OPENROUTER_BASE_URL",
  keyEnv: "OPENROUTER_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: openrouter.ai/keys",
  anyEffort: {
    values: ["none", "minimal", "low", "medium", "high", "xhigh"],
    note: "The gateway translates the effort for the model; models that cannot think ignore it.",
  },
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "reasoning-object",
        reasoningEcho: "reasoning_details",
        thinkingLimitShape: "reasoning-object",
        extra: { usage: { include: true } },
      }),
    },
  ],
};
