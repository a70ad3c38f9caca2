import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";
import { LOCAL_SAMPLERS } from "./local-samplers";
import { OPENAI_REJECTS } from "./openai-rejects";
import { openAiResponsesQuirks } from "./openai-responses-quirks";

export const openai: Provider = {
  id: "openai",
  label: "OpenAI",
  baseUrl: "https://api.openai.com/v1",
  baseUrlEnv: "OPENAI_BASE_URL",
  keyEnv: "OPENAI_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  // https://platform.openai.com/docs/api-reference/responses/input-tokens
  counts: ["responses"],
  hint: "Keys: platform.openai.com/api-keys",
  rejectRules: OPENAI_REJECTS,
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({ limitField: "max_completion_tokens", rejects: LOCAL_SAMPLERS }),
    },
    { dialect: "responses", quirks: openAiResponsesQuirks },
  ],
};
