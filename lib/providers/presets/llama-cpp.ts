import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { NOT_IN_MESSAGES } from "./not-in-messages";
import { responsesQuirks } from "./responses-quirks";

export const llamaCpp: Provider = {
  id: "llamacpp",
  label: "llama.cpp",
  baseUrl: "http://127.0.0.1:8080/v1",
  baseUrlEnv: "LLAMA_CPP_URL",
  keyEnv: "LLAMA_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "local", probes: ["http://127.0.0.1:8080/v1", "http://127.0.0.1:9931/v1"] },
  hint: "Start it with: llama-server -m MODEL.gguf --jinja",
  controls: "llama-server",
  identify: { ownedBy: "llamacpp" },
  anyEffort: {
    values: ["none", "low", "medium", "high"],
    note: "Support depends on the model's chat template.",
  },
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "effort-and-template",
        reasoningEcho: "reasoning_content",
        thinkingLimitShape: "reasoning-budget",
        toolChoice: "named-ignored",
        timings: "llama-cpp",
        endsThinking: true,
        extra: { timings_per_token: true, return_progress: true, reasoning_control: true },
      }),
    },
    {
      dialect: "responses",
      quirks: responsesQuirks({
        reasoningEcho: "text",
        thinkingLimitShape: "reasoning-budget",
        toolChoice: "named-ignored",
        timings: "llama-cpp",
        extra: { timings_per_token: true, return_progress: true },
      }),
    },
    {
      dialect: "anthropic",
      quirks: {
        effortShape: "effort-and-template",
        thinkingLimitShape: "native",
        requestShape: "native",
        signedThinking: false,
        defaultMaxTokens: null,
        ignoresErrorFlag: true,
        toolChoice: "none-ignored",
        parallelToolCalls: false,
        timings: null,
        // The server converts the request and drops all but Anthropic's own fields and the template's arguments.
        rejects: NOT_IN_MESSAGES.filter((name) => name !== "chat_template_kwargs"),
        extra: {},
      },
    },
  ],
};
