import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const zai: Provider = {
  id: "zai",
  label: "Z.ai",
  baseUrl: "https://api.z.ai/api/paas/v4",
  baseUrlEnv: "ZAI_BASE_URL",
  keyEnv: "ZAI_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: z.ai/manage-apikey; for a coding plan set ZAI_BASE_URL to https://api.z.ai/api/coding/paas/v4",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "thinking-type",
        reasoningEcho: "reasoning_content",
        toolChoice: "auto-only",
        extra: { tool_stream: true },
      }),
    },
  ],
};
