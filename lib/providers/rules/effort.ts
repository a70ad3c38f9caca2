import type { EffortRule, Provider, Quirks } from "@/lib/providers/provider";
import { formatCount } from "@/lib/stream/figures/format-number";

import { effortBudget } from "./effort-budgets";
import { effortFamilies, type EffortFamily } from "./effort-families";
import { modelName } from "./model-name";

/** What a person may choose as effort for one model at one provider. */
export type EffortOptions = {
  /** Values the model accepts; empty when it takes none or when its family is not known. */
  readonly values: readonly string[];
  /** Whether the list is known to be right. Where it is not, any text can be typed and is sent as it is. */
  readonly verified: boolean;
  /** One sentence for beside the menu; null when there is nothing to say. */
  readonly note: string | null;
  /** What a value costs or is sent as, where it is not sent as the word it is; completes "Sent as …". */
  readonly sentAs: { readonly [value: string]: string };
  /** Efforts of other models that this one does not take, and why; null where that is not known. */
  readonly off: { readonly values: readonly string[]; readonly why: string } | null;
};

/** The effort values of a model. A provider's own rule goes before the family's. Pure. */
export function effortOptions(provider: Provider, quirks: Quirks, model: string): EffortOptions {
  if (quirks.effortShape === "none") {
    return { ...UNKNOWN, verified: true, note: `${provider.label} has no effort setting.` };
  }
  const own = provider.effortRules?.find((rule) => rule.matches.test(modelName(model))) ?? null;
  if (own !== null) return known(own, {});
  const family = effortFamily(model);
  if (family !== null) return ofFamily(family, provider, quirks);
  return provider.anyEffort === undefined ? UNKNOWN : anyModel(provider.anyEffort);
}

/** The family a model id belongs to, or null. */
export function effortFamily(model: string): EffortFamily | null {
  const name = modelName(model);
  return effortFamilies.find((family) => family.matches.test(name)) ?? null;
}

function ofFamily(family: EffortFamily, provider: Provider, quirks: Quirks): EffortOptions {
  const { native } = family;
  if (native === undefined) return known(family, {});
  // Google's OpenAI mode makes the same of the words as Vitrine does.
  if (quirks.effortShape !== "native" && provider.sendsBudgets !== true) {
    return known({ ...family, note: family.note ?? (native.by === "budget" ? GATEWAY_BUDGET : null) }, {});
  }
  const sentAs = Object.fromEntries(
    family.values.flatMap((value) => {
      const sent = sentWords(native.by, value);
      return sent === null ? [] : [[value, sent]];
    }),
  );
  const isAsked = family.onDemand === true && !family.values.includes("none");
  return known({ ...family, note: isAsked ? ON_DEMAND : family.note }, sentAs);
}

const ON_DEMAND = "Without an effort this model does not think; with one it decides how long.";

const GATEWAY_BUDGET = "The gateway turns the effort into a token limit for this model.";

function sentWords(by: "budget" | "level" | "adaptive", value: string): string | null {
  if (by === "adaptive") return `adaptive thinking at effort ${value}`;
  const budget = by === "budget" ? effortBudget(value) : null;
  if (budget === null) return null;
  return budget === 0 ? "no thinking" : `a thinking budget of ${formatCount(budget)} tokens`;
}

function known(rule: Omit<EffortRule, "matches">, sentAs: EffortOptions["sentAs"]): EffortOptions {
  const { values, note, readsOthers } = rule;
  const options = { values, verified: true, note, sentAs };
  if (values.length === 0 || readsOthers === true) return { ...options, off: null };
  const why = values.includes("on")
    ? "This model has no levels, only on and off."
    : `This model accepts only ${joinWithAnd(values)}.`;
  return { ...options, off: { values: SCALE.filter((value) => !values.includes(value)), why } };
}

/** Every effort that some model takes, from none to most. */
const SCALE: readonly string[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/** "low", "low and high", "low, medium and high". */
export function joinWithAnd(values: readonly string[]): string {
  const last = values.at(-1) ?? "";
  return values.length < 2 ? last : `${values.slice(0, -1).join(", ")} and ${last}`;
}

const UNKNOWN: EffortOptions = {
  values: [],
  verified: false,
  note: "This model's effort values are unknown. What you type is sent as is.",
  sentAs: {},
  off: null,
};

/** Where a server decides for any model. What it does not take is then not known. */
function anyModel({ values, note }: Pick<EffortRule, "values" | "note">): EffortOptions {
  return { values, verified: true, note, sentAs: {}, off: null };
}
