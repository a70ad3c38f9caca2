import { modelName } from "./model-name";
import type { LaneSetup, Provider, Quirks } from "./provider";

/** A body field that would be answered with an error. `why` completes "… is not sent: ". */
export type RejectedField = { readonly name: string; readonly why: string };

/** Every field that this provider, or this model there, refuses. Pure. */
export function rejectedFields(
  provider: Provider,
  quirks: Quirks,
  setup: LaneSetup,
): readonly RejectedField[] {
  const everywhere = quirks.rejects.map((name) => ({ name, why: `${provider.label} does not take it` }));
  return [...everywhere, ...byModel(provider, setup)];
}

function byModel(provider: Provider, setup: LaneSetup): readonly RejectedField[] {
  const name = modelName(setup.model);
  const rule = MODEL_RULES[provider.id];
  if (rule === undefined || !rule.models.test(name) || sampleable(name, setup.effort)) return [];
  return rule.fields.map((field) => ({ name: field, why: `${setup.model} refuses it` }));
}

/** gpt-5.1 and later take sampler fields while they do not think, which is their default. */
function sampleable(name: string, effort: string | null): boolean {
  return /^gpt-5\.\d/.test(name) && (effort === null || effort === "none");
}

type ModelRule = { readonly models: RegExp; readonly fields: readonly string[] };

const OPENAI_REASONING: ModelRule = {
  models: /^(?:o[134](?:-|$)|gpt-5(?!.*-chat))/,
  fields: ["temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs"],
};

const MODEL_RULES: { readonly [providerId: string]: ModelRule } = {
  openai: OPENAI_REASONING,
  azure: OPENAI_REASONING,
  xai: {
    models: /^grok-(?:3-mini|4|code)/,
    fields: ["presence_penalty", "frequency_penalty", "stop"],
  },
};
