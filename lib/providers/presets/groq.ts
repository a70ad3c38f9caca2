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
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks({ timings: "groq", rejects: LOCAL_SAMPLERS }) }],
};
