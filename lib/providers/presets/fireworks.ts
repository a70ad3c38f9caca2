import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const fireworks: Provider = {
  id: "fireworks",
  label: "Fireworks",
  baseUrl: "https://api.fireworks.ai/inference/v1",
  baseUrlEnv: "FIREWORKS_BASE_URL",
  keyEnv: "FIREWORKS_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: app.fireworks.ai/settings/users/api-keys",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ reasoningEcho: "reasoning_content", thinkingLimitShape: "thinking-object" }),
    },
  ],
};
