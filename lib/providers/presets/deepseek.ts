import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const deepseek: Provider = {
  id: "deepseek",
  label: "DeepSeek",
  baseUrl: "https://api.deepseek.com",
  baseUrlEnv: "DEEPSEEK_BASE_URL",
  keyEnv: "DEEPSEEK_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: platform.deepseek.com/api_keys",
  effortRules: [
    {
      matches: /^deepseek/,
      values: ["none", "low", "high", "max"],
      note: "minimal counts as low here; medium and xhigh as high.",
      readsOthers: true,
    },
  ],
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "thinking-type",
        reasoningEcho: "reasoning_content",
        echoEmptyReasoning: true,
      }),
    },
  ],
};
