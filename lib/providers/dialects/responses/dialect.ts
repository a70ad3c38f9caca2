import { ONE_PAGE } from "@/lib/providers/dialects/shared/one-page";
import type { Dialect, ResponsesQuirks } from "@/lib/providers/provider";

import { openResponses } from "./reader";
import { writeResponses } from "./writer";

/** `POST …/responses`: OpenAI and Azure; llama.cpp, vLLM and LM Studio speak it beside chat completions. */
export const responsesDialect: Dialect<ResponsesQuirks> = {
  id: "responses",
  modelPages: ONE_PAGE,
  path: () => "/responses",
  open: openResponses,
  write: writeResponses,
};
