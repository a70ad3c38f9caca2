import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const avian: Provider = {
  id: "avian",
  label: "Avian",
  baseUrl: "https://api.avian.io/v1",
  baseUrlEnv: "AVIAN_BASE_URL",
  keyEnv: "AVIAN_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: avian.io",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ effortShape: "none", reasoningEcho: "reasoning_content" }),
    },
  ],
};
