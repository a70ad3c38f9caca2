import { effortFamilies, type EffortFamily } from "./effort-families";
import { modelName } from "./model-name";
import type { Provider, Quirks } from "./provider";

/** What a person may choose as effort for one model at one provider. */
export type EffortOptions = {
  /** Values the model accepts; empty when it takes none or when its family is not known. */
  readonly values: readonly string[];
  /** Whether the list is known to be right. Where it is not, any text can be typed and is sent as it is. */
  readonly verified: boolean;
  /** One sentence for beside the menu; null when there is nothing to say. */
  readonly note: string | null;
};

/** The effort values of a model. A provider's own rule goes before the family's. Pure. */
export function effortOptions(provider: Provider, quirks: Quirks, model: string): EffortOptions {
  if (quirks.effortShape === "none") {
    return { values: [], verified: true, note: `${provider.label} has no effort setting.` };
  }
  const name = modelName(model);
  const own = providerRule(provider, name);
  if (own !== null) return { values: own.values, verified: true, note: own.note };
  const family = effortFamily(model);
  if (family !== null) return { values: family.values, verified: true, note: family.note };
  return (
    GENERIC[provider.id] ?? {
      values: [],
      verified: false,
      note: "The effort values of this model are not known. What you type is sent as it is.",
    }
  );
}

/** The family a model id belongs to, or null. */
export function effortFamily(model: string): EffortFamily | null {
  const name = modelName(model);
  return effortFamilies.find((family) => family.matches.test(name)) ?? null;
}

type Rule = Pick<EffortFamily, "matches" | "values" | "note">;

function providerRule(provider: Provider, name: string): Rule | null {
  return PROVIDER_RULES[provider.id]?.find((rule) => rule.matches.test(name)) ?? null;
}

const PROVIDER_RULES: { readonly [providerId: string]: readonly Rule[] } = {
  groq: [{ matches: /^qwen-?3/, values: ["none", "default"], note: null }],
  cerebras: [{ matches: /glm/, values: ["none"], note: "This model thinks unless it is told none." }],
  deepseek: [
    {
      matches: /^deepseek/,
      values: ["none", "low", "high", "max"],
      note: "minimal counts as low here; medium and xhigh as high.",
    },
  ],
  mistral: [{ matches: /^(?:magistral|mistral-(?:small|medium))/, values: ["none", "high"], note: null }],
};

const OLLAMA_NOTE = "Models that cannot think answer an effort with an error.";
const GATEWAY_NOTE = "The gateway translates the effort for the model; models that cannot think ignore it.";

const GENERIC: { readonly [providerId: string]: EffortOptions | undefined } = {
  llamacpp: {
    values: ["none", "low", "medium", "high"],
    verified: true,
    note: "The model's chat template decides what it reads.",
  },
  ollama: { values: ["none", "low", "medium", "high"], verified: true, note: OLLAMA_NOTE },
  openrouter: {
    values: ["none", "minimal", "low", "medium", "high", "xhigh"],
    verified: true,
    note: GATEWAY_NOTE,
  },
};
