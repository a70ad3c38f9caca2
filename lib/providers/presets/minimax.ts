import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const minimax: Provider = {
  id: "minimax",
  label: "MiniMax",
  baseUrl: "https://api.minimax.io/v1",
  baseUrlEnv: "MINIMAX_BASE_URL",
  keyEnv: "MINIMAX_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: platform.minimax.io",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "thinking-adaptive",
        reasoningEcho: "reasoning_details",
        extra: { reasoning_split: true },
      }),
    },
  ],
};
