import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { responsesQuirks } from "./responses-quirks";

export const lmStudio: Provider = {
  id: "lmstudio",
  label: "LM Studio",
  baseUrl: "http://127.0.0.1:1234/v1",
  baseUrlEnv: "LMSTUDIO_BASE_URL",
  keyEnv: null,
  auth: { kind: "bearer" },
  location: { kind: "local", probes: ["http://127.0.0.1:1234/v1"] },
  hint: "Start the server in LM Studio's Developer tab",
  speaks: [
    { dialect: "chat-completions", quirks: chatQuirks({ reasoningEcho: "reasoning_content" }) },
    { dialect: "responses", quirks: responsesQuirks() },
  ],
};
