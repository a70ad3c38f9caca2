import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const vercel: Provider = {
  id: "vercel",
  label: "Vercel AI Gateway",
  baseUrl: "https://ai-gateway.vercel.sh/v1",
  baseUrlEnv: "AI_GATEWAY_BASE_URL",
  keyEnv: "AI_GATEWAY_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: vercel.com, AI Gateway, API keys",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "reasoning-enabled",
        reasoningEcho: "reasoning_details",
        thinkingLimitShape: "reasoning-object",
      }),
    },
  ],
};
