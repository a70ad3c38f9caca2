import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const sglang: Provider = {
  id: "sglang",
  label: "SGLang",
  baseUrl: "http://127.0.0.1:30000/v1",
  baseUrlEnv: "SGLANG_BASE_URL",
  keyEnv: "SGLANG_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "local", probes: ["http://127.0.0.1:30000/v1"] },
  hint: "Start it with: python -m sglang.launch_server --model MODEL --reasoning-parser PARSER --tool-call-parser PARSER",
  identify: { ownedBy: "sglang" },
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ effortShape: "effort-and-template", reasoningEcho: "reasoning_content" }),
    },
  ],
};
