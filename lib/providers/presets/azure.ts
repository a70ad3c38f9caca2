import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { LOCAL_SAMPLERS } from "./local-samplers";
import { OPENAI_REJECTS } from "./openai-rejects";
import { openAiResponsesQuirks } from "./openai-responses-quirks";

/** Every resource has its own address, so the preset's is one that can never resolve: no key leaves by mistake. */
export const azure: Provider = {
  id: "azure",
  label: "Azure OpenAI",
  baseUrl: "https://set-azure-openai-base-url.invalid/openai/v1",
  baseUrlEnv: "AZURE_OPENAI_BASE_URL",
  keyEnv: "AZURE_OPENAI_API_KEY",
  auth: { kind: "header", name: "api-key" },
  location: { kind: "hosted" },
  hint: "Set AZURE_OPENAI_BASE_URL to https://RESOURCE.openai.azure.com/openai/v1; the model is the deployment's name",
  rejectRules: OPENAI_REJECTS,
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ limitField: "max_completion_tokens", timings: "azure", rejects: LOCAL_SAMPLERS }),
    },
    { dialect: "responses", quirks: openAiResponsesQuirks },
  ],
};
