import type { Provider, Quirks } from "@/lib/providers/provider";
import { formatCount } from "@/lib/stream/figures/format-number";

import { effortFamily } from "./effort";
import type { BudgetRange } from "./effort-families";

/** Whether a thinking token limit may be sent, and which. */
export type ThinkingLimit =
  /** `why` is a sentence. */
  { readonly taken: false; readonly why: string } | { readonly taken: true; readonly range: BudgetRange };

/** What a model at a provider takes as its thinking token limit. Pure. */
export function thinkingLimitOf(provider: Provider, quirks: Quirks, model: string): ThinkingLimit {
  const shape = quirks.thinkingLimitShape;
  if (shape === undefined) return { taken: false, why: `${provider.label} has no thinking limit.` };
  const family = effortFamily(model);
  if (family?.neverThinks === true) {
    return { taken: false, why: "This model does not think, so there is nothing to limit." };
  }
  if (shape !== "native") return { taken: true, range: RANGES[shape] };
  const budget = family?.native?.budget;
  return budget === null
    ? { taken: false, why: "This model has no thinking limit: it decides by itself how long it thinks." }
    : { taken: true, range: budget ?? ANY };
}

/** Whether the limit and an effort exclude each other here. The limit is the narrower word, so it is the one sent. */
export function limitExcludesEffort({ thinkingLimitShape: shape }: Quirks): boolean {
  return shape === "native" || shape === "reasoning-object" || shape === "thinking-object";
}

/** Whether a number of tokens may be sent as the limit. */
export function fitsLimit(tokens: number, { min, max, zero }: BudgetRange): boolean {
  return (zero && tokens === 0) || (tokens >= min && (max === null || tokens <= max));
}

/** "128 to 32,768", "0 or 512 to 24,576", "1,024 or more". */
export function rangeWords({ min, max, zero }: BudgetRange): string {
  const range = max === null ? `${formatCount(min)} or more` : `${formatCount(min)} to ${formatCount(max)}`;
  return zero && min > 0 ? `0 or ${range}` : range;
}

const ANY: BudgetRange = { min: 0, max: null, zero: true, partOfOutput: false };
const RANGES: Record<Exclude<Quirks["thinkingLimitShape"], undefined | "native">, BudgetRange> = {
  // −1 removes a limit that the server was started with.
  "reasoning-budget": { ...ANY, min: -1 },
  "reasoning-object": { ...ANY, min: 1, zero: false },
  "thinking-object": { ...ANY, min: 1024, zero: false },
  "thinking-budget": ANY,
};
