import type { Dialect, ResponsesQuirks } from "@/lib/providers/provider";

import { openResponses } from "./reader";
import { writeResponses } from "./writer";

/** `POST …/responses`: OpenAI and Azure; llama.cpp, vLLM and LM Studio speak it beside chat completions. */
export const responses: Dialect<ResponsesQuirks> = {
  id: "responses",
  path: () => "/responses",
  open: openResponses,
  write: writeResponses,
};
