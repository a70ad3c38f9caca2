import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const ollama: Provider = {
  id: "ollama",
  label: "Ollama",
  baseUrl: "http://127.0.0.1:11434/v1",
  baseUrlEnv: "OLLAMA_BASE_URL",
  keyEnv: "OLLAMA_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "local", probes: ["http://127.0.0.1:11434/v1"] },
  hint: "Start it with: ollama serve",
  anyEffort: {
    values: ["none", "low", "medium", "high"],
    note: "Models that can't think return an error if an effort is sent.",
  },
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ reasoningEcho: "reasoning", parallelToolCalls: false }),
    },
  ],
};
