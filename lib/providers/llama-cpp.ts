import { chatQuirks } from "./chat-quirks";
import type { Provider } from "./provider";

export const llamaCpp: Provider = {
  id: "llamacpp",
  label: "llama.cpp",
  baseUrl: "http://127.0.0.1:8080/v1",
  baseUrlEnv: "LLAMA_CPP_URL",
  keyEnv: "LLAMA_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "local", probes: ["http://127.0.0.1:8080/v1", "http://127.0.0.1:9931/v1"] },
  hint: "Start it with: llama-server -m MODEL.gguf --jinja",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "effort-and-template",
        reasoningEcho: "reasoning_content",
        thinkingLimit: "reasoning-budget",
        toolChoice: "named-ignored",
        timings: "llama-cpp",
        extra: { timings_per_token: true, return_progress: true, reasoning_control: true },
      }),
    },
  ],
};
