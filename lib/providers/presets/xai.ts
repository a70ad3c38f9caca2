import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const xai: Provider = {
  id: "xai",
  label: "xAI",
  baseUrl: "https://api.x.ai/v1",
  baseUrlEnv: "XAI_BASE_URL",
  keyEnv: "XAI_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: console.x.ai",
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks({ reasoningEcho: "reasoning_content" }) }],
};
