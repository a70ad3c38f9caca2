import type { LaneSetup, Provider, Quirks } from "@/lib/providers/provider";
import { formatCount } from "@/lib/stream/figures/format-number";

import { effortFamily } from "./effort";
import { effortBudget } from "./effort-budgets";
import { fitsLimit, limitExcludesEffort, rangeWords, thinkingLimit } from "./thinking-limit";
import type { Verdict } from "./verdicts";

type Lane = { readonly provider: Provider; readonly quirks: Quirks; readonly setup: LaneSetup };

/** What becomes of a lane's thinking token limit, and of its effort and output limit beside it. Pure. */
export function limitVerdicts(lane: Lane): readonly Verdict[] {
  return [onLimit(lane), onEffortBesideLimit(lane), onOutputLimit(lane)].filter(
    (verdict) => verdict !== null,
  );
}

const DROP_LIMIT = { fix: { thinkingTokens: null }, fixLabel: "Do not send the limit" } as const;

function onLimit({ provider, quirks, setup }: Lane): Verdict | null {
  const { thinkingTokens, model, effort } = setup;
  if (thinkingTokens === null) return null;
  const setting = "thinkingTokens";
  const limit = thinkingLimit(provider, quirks, model);
  if (!limit.taken) {
    return { setting, level: "no-effect", message: `${limit.why} It is not sent.`, ...DROP_LIMIT };
  }
  if (effort === "none") {
    const message = "Thinking is turned off by the effort: its limit is not sent.";
    return { setting, level: "no-effect", message, ...DROP_LIMIT };
  }
  if (fitsLimit(thinkingTokens, limit.range)) return null;
  const message = `This model takes ${rangeWords(limit.range)} tokens of thinking: ${formatCount(thinkingTokens)} may be refused.`;
  return { setting, level: "note", message, ...DROP_LIMIT };
}

function onEffortBesideLimit({ provider, quirks, setup }: Lane): Verdict | null {
  const { effort, thinkingTokens, model } = setup;
  const isBoth = effort !== null && effort !== "none" && thinkingTokens !== null;
  if (!isBoth || !limitExcludesEffort(quirks) || !thinkingLimit(provider, quirks, model).taken) return null;
  if (quirks.thinkingLimit === "native" && effortFamily(model)?.native?.by === "adaptive") {
    const message = "This model takes an effort or a thinking limit, not both: the limit is not sent.";
    return { setting: "thinkingTokens", level: "no-effect", message, ...DROP_LIMIT };
  }
  return {
    setting: "effort",
    level: "no-effect",
    message: `${provider.label} takes an effort or a thinking limit, not both: the effort is not sent.`,
    ...DROP_LIMIT,
  };
}

/** Claude counts its thinking as output, so the one limit must leave room for the other. */
function onOutputLimit({ quirks, setup }: Lane): Verdict | null {
  const { maxTokens } = setup;
  const budget = budgetOf(quirks, setup);
  if (maxTokens === null || budget === null || budget < maxTokens) return null;
  return {
    setting: "maxTokens",
    level: "note",
    message: `The thinking budget of ${formatCount(budget)} tokens is part of the output, so it must be below the output limit.`,
    fix: { maxTokens: null },
    fixLabel: "Do not send the output limit",
  };
}

function budgetOf(quirks: Quirks, { thinkingTokens, effort, model }: LaneSetup): number | null {
  const native = effortFamily(model)?.native;
  if (quirks.effortShape !== "native" || native?.budget?.partOfOutput !== true) return null;
  const isEffort = effort !== null && (native.by === "adaptive" || thinkingTokens === null);
  if (!isEffort) return thinkingTokens;
  return native.by === "budget" ? effortBudget(effort) : null;
}
