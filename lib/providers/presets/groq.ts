import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { LOCAL_SAMPLERS } from "./local-samplers";

export const groq: Provider = {
  id: "groq",
  label: "Groq",
  baseUrl: "https://api.groq.com/openai/v1",
  baseUrlEnv: "GROQ_BASE_URL",
  keyEnv: "GROQ_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: console.groq.com/keys",
  effortRules: [{ matches: /^qwen-?3/, values: ["none", "default"], note: null }],
  rejectRules: [
    {
      when: ({ setup }) => setup.tools.length > 0 && setup.samplers["reasoning_format"] === "raw",
      fields: ["reasoning_format"],
      why: () => "Groq rejects raw reasoning together with tools",
    },
  ],
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks({ timings: "groq", rejects: LOCAL_SAMPLERS }) }],
};
