import type { ResponsesQuirks } from "@/lib/providers/provider";

import { LOCAL_SAMPLERS } from "./local-samplers";
import { responsesQuirks } from "./responses-quirks";

/** Fields of chat completions that OpenAI's Responses does not know and refuses. */
const CHAT_FIELDS: readonly string[] = [
  "presence_penalty",
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "seed",
  "stop",
  "n",
];

/** Responses as OpenAI and Azure speak it. */
export const openAiResponsesQuirks: ResponsesQuirks = responsesQuirks({
  rejects: [...LOCAL_SAMPLERS, ...CHAT_FIELDS],
  reasoningEcho: "encrypted",
  summary: true,
  webSearch: true,
});
