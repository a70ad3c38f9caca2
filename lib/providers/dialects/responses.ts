import type { Dialect, ResponsesQuirks } from "../provider";
import { openResponses } from "./responses-reader";
import { writeResponses } from "./responses-writer";

/** `POST …/responses`: OpenAI and Azure; llama.cpp, vLLM and LM Studio speak it beside chat completions. */
export const responses: Dialect<ResponsesQuirks> = {
  id: "responses",
  path: () => "/responses",
  open: openResponses,
  write: writeResponses,
};
