import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const together: Provider = {
  id: "together",
  label: "Together",
  baseUrl: "https://api.together.xyz/v1",
  baseUrlEnv: "TOGETHER_BASE_URL",
  keyEnv: "TOGETHER_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: api.together.ai/settings/api-keys",
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks() }],
};
