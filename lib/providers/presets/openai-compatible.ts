import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { responsesQuirks } from "./responses-quirks";

/** Of a server that a person added and of which only its API is known: nothing may be claimed of it but that. */
export const openAiCompatible: Provider = {
  id: "openai-compatible",
  label: "An OpenAI-compatible server",
  // Only its path is used, for addresses that are typed without one.
  baseUrl: "http://127.0.0.1/v1",
  baseUrlEnv: "",
  addedOnly: true,
  keyEnv: null,
  auth: { kind: "bearer" },
  location: { kind: "local", probes: [] },
  hint: "Check the address, and whether the server is running.",
  speaks: [
    { dialect: "chat-completions", quirks: chatQuirks({ reasoningEcho: "reasoning_content" }) },
    { dialect: "responses", quirks: responsesQuirks() },
  ],
};
