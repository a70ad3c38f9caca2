import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const deepinfra: Provider = {
  id: "deepinfra",
  label: "DeepInfra",
  baseUrl: "https://api.deepinfra.com/v1/openai",
  baseUrlEnv: "DEEPINFRA_BASE_URL",
  keyEnv: "DEEPINFRA_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: deepinfra.com/dash/api_keys",
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks() }],
};
