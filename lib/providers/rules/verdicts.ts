import type { LlamaProps } from "@/lib/providers/llama-props";
import type { LaneSetup, Provider, Quirks } from "@/lib/providers/provider";
import { speechOf } from "@/lib/providers/speech-of";
import { formatCount } from "@/lib/stream/figures/format-number";
import type { ToolDefinition } from "@/lib/tools/tool";

import { effortFamily, effortOptions, joinWithAnd } from "./effort";
import { effortBudget } from "./effort-budgets";
import { whyNoForcedChoice } from "./forced-choice";
import { readsImages } from "./reads-images";
import { reasonFor, rejectedFields } from "./rejected-fields";
import type { TemplateRenders } from "./template-probe";
import { fitsLimit, limitExcludesEffort, rangeWords, thinkingLimitOf } from "./thinking-limit";

/** What the server will do with one setting of a lane, shown before anything is sent. */
export type Verdict = {
  readonly setting: keyof LaneSetup;
  /** no-effect = the server drops it without a word; note = it works otherwise than it looks. */
  readonly level: "no-effect" | "note";
  readonly message: string;
  /** The change of setup that `fixLabel` offers at a click. */
  readonly fix?: Partial<LaneSetup>;
  readonly fixLabel?: string;
};

export type VerdictInput = {
  readonly provider: Provider;
  readonly setup: LaneSetup;
  /** Every tool of the session; the setup says which are on. */
  readonly tools: readonly ToolDefinition[];
  /** null while unknown, and for servers other than llama.cpp. */
  readonly props: LlamaProps | null;
  /** Both answers to `templateProbe`; null while unknown. */
  readonly renders: TemplateRenders | null;
  /** Whether images would go with the next prompt. */
  readonly images: boolean;
};

/** All verdicts on a lane, the most telling first. What is not known gives none. Pure. */
export function verdicts(input: VerdictInput): readonly Verdict[] {
  const tools = onTools(input);
  // Tools that never reach the model make every word about their choice idle.
  const calls = tools === null ? [onToolChoice(input), onParallelCalls(input)] : [];
  const { provider, setup } = input;
  const quirks = quirksOf(provider, setup);
  return [
    onImages(input),
    tools,
    onEffort(input),
    ...limitVerdicts({ provider, quirks, setup }),
    ...samplerVerdicts(provider, quirks, setup),
    ...calls,
  ].filter((verdict) => verdict !== null);
}

function onImages({ images, props }: VerdictInput): Verdict | null {
  if (!images || readsImages(props) !== false) return null;
  return {
    setting: "model",
    level: "note",
    message: "This server's model does not accept images. They won't be sent in this lane.",
  };
}

function onTools({ setup, tools, props }: VerdictInput): Verdict | null {
  if (!sendsTools(setup, tools) || props?.caps["supports_tools"] !== false) return null;
  return {
    setting: "tools",
    level: "no-effect",
    message: "This model's chat template ignores tools: the server will silently drop them.",
    fix: { tools: [] },
    fixLabel: "Turn tools off",
  };
}

function onEffort({ provider, setup, props, renders }: VerdictInput): Verdict | null {
  const { effort } = setup;
  if (effort === null) return null;
  if (isUnread(effort, props, renders)) {
    return {
      setting: "effort",
      level: "no-effect",
      message: `This model's chat template ignores the effort: "${effort}" does not change the prompt.`,
      fix: { effort: null },
      fixLabel: "Do not send effort",
    };
  }
  const quirks = quirksOf(provider, setup);
  const refused = rejectedFields(provider, quirks, setup).find(({ name }) => name === "reasoning_effort");
  if (refused !== undefined && quirks.effortShape === "reasoning_effort") {
    return {
      setting: "effort",
      level: "no-effect",
      message: `The effort is not sent: ${refused.why}.`,
      fix: { effort: null },
      fixLabel: "Do not send effort",
    };
  }
  const { values, verified, note } = effortOptions(provider, quirks, setup.model);
  if (provider.controls === "llama-server" || !verified || values.includes(effort)) return null;
  return {
    setting: "effort",
    level: "note",
    message:
      values.length === 0
        ? `${note ?? "This model has no effort setting."} "${effort}" may be rejected.`
        : `This model accepts ${values.join(", ")}; "${effort}" may be rejected.`,
    fix: { effort: null },
    fixLabel: "Do not send effort",
  };
}

function isUnread(effort: string, props: LlamaProps | null, renders: TemplateRenders | null): boolean {
  if (renders !== null) return renders.chosen === renders.other;
  // "none" and "on" are switches, which this capability does not speak of.
  return effort !== "none" && effort !== "on" && props?.caps["supports_reasoning_effort"] === false;
}

function onToolChoice({ provider, setup, tools }: VerdictInput): Verdict | null {
  const { toolChoice } = setup;
  const quirks = quirksOf(provider, setup);
  if (!sendsTools(setup, tools)) return null;
  const refused = whyNoForcedChoice(provider, quirks, setup);
  if (refused !== null && (toolChoice.kind === "required" || toolChoice.kind === "named")) {
    return {
      setting: "toolChoice",
      level: "no-effect",
      message: `${refused} The model may choose.`,
      fix: { toolChoice: { kind: "auto" } },
      fixLabel: "Let the model choose",
    };
  }
  if (quirks.toolChoice !== "named-ignored" && quirks.toolChoice !== "none-ignored") return null;
  // Where "none" is ignored the tools are left out: nothing is left to be said.
  if (toolChoice.kind === "none" && quirks.toolChoice === "named-ignored") {
    return {
      setting: "toolChoice",
      level: "note",
      message: `${provider.label} keeps the tools in the prompt, so a call may arrive as plain text.`,
      fix: { tools: [] },
      fixLabel: "Turn tools off",
    };
  }
  if (toolChoice.kind !== "named" || toolChoice.enforce) return null;
  return {
    setting: "toolChoice",
    level: "no-effect",
    message: `${provider.label} does not enforce a named tool, so the model may call another one or none.`,
    fix: { toolChoice: { ...toolChoice, enforce: true } },
    fixLabel: "Send only this tool and require it",
  };
}

function onParallelCalls({ provider, setup, tools, props }: VerdictInput): Verdict | null {
  if (setup.parallelToolCalls === null || !sendsTools(setup, tools)) return null;
  const unread =
    setup.parallelToolCalls && props?.caps["supports_parallel_tool_calls"] === false
      ? "This model's chat template does not support parallel calls, so it makes at most one per step."
      : null;
  const unsent = quirksOf(provider, setup).parallelToolCalls
    ? null
    : `${provider.label} has no parallel_tool_calls: it is not sent.`;
  const message = unread ?? unsent;
  if (message === null) return null;
  return {
    setting: "parallelToolCalls",
    level: "no-effect",
    message,
    fix: { parallelToolCalls: null },
    fixLabel: "Do not send it",
  };
}

function quirksOf(provider: Provider, setup: LaneSetup): Quirks {
  return speechOf(provider, setup.dialect).quirks;
}

function sendsTools(setup: LaneSetup, tools: readonly ToolDefinition[]): boolean {
  return tools.some((tool) => setup.tools.includes(tool.id));
}

type LimitedLane = { readonly provider: Provider; readonly quirks: Quirks; readonly setup: LaneSetup };

/** What becomes of a lane's thinking token limit, and of its effort and output limit beside it. Pure. */
function limitVerdicts(lane: LimitedLane): readonly Verdict[] {
  return [onLimit(lane), onEffortBesideLimit(lane), onOutputLimit(lane)].filter(
    (verdict) => verdict !== null,
  );
}

const DROP_LIMIT = { fix: { thinkingTokens: null }, fixLabel: "Do not send the limit" } as const;

function onLimit({ provider, quirks, setup }: LimitedLane): Verdict | null {
  const { thinkingTokens, model, effort } = setup;
  if (thinkingTokens === null) return null;
  const setting = "thinkingTokens";
  const limit = thinkingLimitOf(provider, quirks, model);
  if (!limit.taken) {
    return { setting, level: "no-effect", message: `${limit.why} It is not sent.`, ...DROP_LIMIT };
  }
  if (effort === "none") {
    const message = "The effort turns thinking off, so the limit is not sent.";
    return { setting, level: "no-effect", message, ...DROP_LIMIT };
  }
  if (fitsLimit(thinkingTokens, limit.range)) return null;
  const message = `This model accepts ${rangeWords(limit.range)} thinking tokens; ${formatCount(thinkingTokens)} may be rejected.`;
  return { setting, level: "note", message, ...DROP_LIMIT };
}

function onEffortBesideLimit({ provider, quirks, setup }: LimitedLane): Verdict | null {
  const { effort, thinkingTokens, model } = setup;
  const isBoth = effort !== null && effort !== "none" && thinkingTokens !== null;
  if (!isBoth || !limitExcludesEffort(quirks) || !thinkingLimitOf(provider, quirks, model).taken) return null;
  if (quirks.thinkingLimitShape === "native" && effortFamily(model)?.native?.by === "adaptive") {
    const message = "This model accepts an effort or a thinking limit, not both: the limit is not sent.";
    return { setting: "thinkingTokens", level: "no-effect", message, ...DROP_LIMIT };
  }
  return {
    setting: "effort",
    level: "no-effect",
    message: `${provider.label} accepts an effort or a thinking limit, not both: the effort is not sent.`,
    ...DROP_LIMIT,
  };
}

/** Claude counts its thinking as output, so the one limit must leave room for the other. */
function onOutputLimit({ quirks, setup }: LimitedLane): Verdict | null {
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

/** Samplers of a lane that would be refused and are therefore not sent, one verdict for each reason. Pure. */
function samplerVerdicts(provider: Provider, quirks: Quirks, setup: LaneSetup): readonly Verdict[] {
  const names = new Map<string, string[]>();
  for (const { name, why } of rejectedFields(provider, quirks, setup)) {
    if (Object.hasOwn(setup.samplers, name)) names.set(why, [...(names.get(why) ?? []), name]);
  }
  return [...names].map(([why, refused]) => ({
    setting: "samplers",
    level: "note",
    message: `${joinWithAnd(refused)} ${refused.length === 1 ? "is" : "are"} not sent: ${reasonFor(why, refused.length)}.`,
    fix: { samplers: without(setup, refused) },
    fixLabel: refused.length === 1 ? "Remove it" : "Remove them",
  }));
}

function without({ samplers }: LaneSetup, names: readonly string[]): LaneSetup["samplers"] {
  return Object.fromEntries(Object.entries(samplers).filter(([name]) => !names.includes(name)));
}
