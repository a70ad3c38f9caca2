import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { LOCAL_SAMPLERS } from "./local-samplers";

export const geminiCompat: Provider = {
  id: "gemini-compat",
  label: "Gemini (OpenAI mode)",
  baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
  baseUrlEnv: "GEMINI_BASE_URL",
  keyEnv: "GEMINI_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: aistudio.google.com/apikey",
  sendsBudgets: true,
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks({ rejects: LOCAL_SAMPLERS }) }],
};
