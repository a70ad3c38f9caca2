import { LOCAL_SAMPLERS } from "./local-samplers";

/** Sampler fields of chat completions that the Messages API does not know: Anthropic answers them with an error. */
export const NOT_IN_MESSAGES: readonly string[] = [
  ...LOCAL_SAMPLERS.filter((name) => name !== "top_k"),
  "seed",
  "presence_penalty",
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "n",
  "stop",
  "response_format",
];
