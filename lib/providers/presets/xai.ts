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
  rejectRules: [
    {
      when: ({ name }) => /^grok-(?:3-mini|4|code)/.test(name),
      fields: ["presence_penalty", "frequency_penalty", "stop"],
      why: (model) => `${model} rejects it`,
    },
    {
      when: ({ name }) => /^grok-(?:4(?!\.[35])|code)/.test(name),
      fields: ["reasoning_effort"],
      why: (model) => `${model} decides by itself how long it thinks, and rejects it`,
    },
  ],
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks({ reasoningEcho: "reasoning_content" }) }],
};
