import type { RejectRule } from "@/lib/providers/provider";

/** Sampler fields that OpenAI's reasoning models refuse, also at Azure. */
export const OPENAI_REJECTS: readonly RejectRule[] = [
  {
    when: ({ name, setup }) =>
      /^(?:o[134](?:-|$)|gpt-5(?!.*-chat))/.test(name) && !isSampleable(name, setup.effort),
    fields: ["temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs"],
    why: (model) => `${model} rejects it`,
  },
];

/** gpt-5.1 and later take sampler fields while they do not think, which is their default. */
function isSampleable(name: string, effort: string | null): boolean {
  return /^gpt-5\.\d/.test(name) && (effort === null || effort === "none");
}
