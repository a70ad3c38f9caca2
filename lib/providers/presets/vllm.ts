import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { responsesQuirks } from "./responses-quirks";

export const vllm: Provider = {
  id: "vllm",
  label: "vLLM",
  baseUrl: "http://127.0.0.1:8000/v1",
  baseUrlEnv: "VLLM_BASE_URL",
  keyEnv: "VLLM_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "local", probes: ["http://127.0.0.1:8000/v1"] },
  hint: "Start it with: vllm serve MODEL --enable-auto-tool-choice --tool-call-parser PARSER --reasoning-parser PARSER",
  identify: { ownedBy: "vllm" },
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ effortShape: "effort-and-template", reasoningEcho: "reasoning" }),
    },
    { dialect: "responses", quirks: responsesQuirks({ reasoningEcho: "text" }) },
  ],
};
