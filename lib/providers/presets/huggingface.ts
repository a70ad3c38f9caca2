import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const huggingface: Provider = {
  id: "huggingface",
  label: "Hugging Face",
  baseUrl: "https://router.huggingface.co/v1",
  baseUrlEnv: "HF_BASE_URL",
  keyEnv: "HF_TOKEN",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Tokens: huggingface.co/settings/tokens; a suffix such as :groq or :fastest picks who serves the model",
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks({ timings: "groq" }) }],
};
