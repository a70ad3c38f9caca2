import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const moonshot: Provider = {
  id: "moonshot",
  label: "Moonshot",
  baseUrl: "https://api.moonshot.ai/v1",
  baseUrlEnv: "MOONSHOT_BASE_URL",
  keyEnv: "MOONSHOT_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: platform.moonshot.ai/console/api-keys",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "thinking-type",
        toolChoice: "auto-while-thinking",
        reasoningEcho: "reasoning_content",
        echoEmptyReasoning: true,
      }),
    },
  ],
};
