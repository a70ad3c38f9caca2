import type { LaneSetup, Provider, Quirks } from "@/lib/providers/provider";

import { claudeGeneration } from "./claude-thinking";
import { effortFamily } from "./effort";
import { modelName } from "./model-name";
import { willThink } from "./will-think";

/** A body field that would be answered with an error. `why` completes "… is not sent: ". */
export type RejectedField = { readonly name: string; readonly why: string };

/** Every field that this provider, or this model there with these settings, refuses. Pure. */
export function rejectedFields(
  provider: Provider,
  quirks: Quirks,
  setup: LaneSetup,
): readonly RejectedField[] {
  const everywhere = quirks.rejects.map((name) => ({ name, why: `${provider.label} does not take it` }));
  const lane = { quirks, setup, name: modelName(setup.model) };
  const here = RULES.filter(
    ({ providers, when }) => (providers?.includes(provider.id) ?? true) && when(lane),
  ).flatMap(({ fields, why }) => fields.map((name) => ({ name, why: why(setup.model) })));
  return [...everywhere, ...here];
}

type Lane = { readonly quirks: Quirks; readonly setup: LaneSetup; readonly name: string };

type Rule = {
  /** Ids; absent = wherever `when` holds. */
  readonly providers?: readonly string[];
  readonly when: (lane: Lane) => boolean;
  readonly fields: readonly string[];
  readonly why: (model: string) => string;
};

const refuses = (model: string) => `${model} refuses it`;
const refusesThinking = (model: string) => `${model} refuses it while it thinks`;

const RULES: readonly Rule[] = [
  {
    providers: ["openai", "openai-responses", "azure"],
    when: ({ name, setup }) =>
      /^(?:o[134](?:-|$)|gpt-5(?!.*-chat))/.test(name) && !isSampleable(name, setup.effort),
    fields: ["temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs"],
    why: refuses,
  },
  {
    providers: ["xai"],
    when: ({ name }) => /^grok-(?:3-mini|4|code)/.test(name),
    fields: ["presence_penalty", "frequency_penalty", "stop"],
    why: refuses,
  },
  {
    providers: ["xai"],
    when: ({ name }) => /^grok-(?:4(?!\.[35])|code)/.test(name),
    fields: ["reasoning_effort"],
    why: (model) => `${model} decides by itself how long it thinks, and refuses it`,
  },
  {
    providers: ["groq"],
    when: ({ setup }) => setup.tools.length > 0 && setup.samplers["reasoning_format"] === "raw",
    fields: ["reasoning_format"],
    why: () => "Groq refuses raw reasoning together with tools",
  },
  // Claude at its maker or at Google: 1 is the only temperature beside thinking, and the newest take no sampler at all.
  {
    when: (lane) => isNativeClaude(lane) && takesNoSamplers(lane.name),
    fields: ["temperature", "top_p", "top_k"],
    why: refuses,
  },
  {
    when: (lane) => isThinkingClaude(lane) && lane.setup.samplers["temperature"] !== 1,
    fields: ["temperature"],
    why: refusesThinking,
  },
  { when: isThinkingClaude, fields: ["top_k"], why: refusesThinking },
  {
    when: (lane) => isThinkingClaude(lane) && !isHighTopP(lane.setup.samplers["top_p"]),
    fields: ["top_p"],
    why: (model) => `${model} takes no less than 0.95 while it thinks`,
  },
  {
    when: (lane) => takesOneOfTwo(lane) && sendsTemperature(lane),
    fields: ["top_p"],
    why: (model) => `${model} takes no top_p beside a temperature`,
  },
];

/** gpt-5.1 and later take sampler fields while they do not think, which is their default. */
function isSampleable(name: string, effort: string | null): boolean {
  return /^gpt-5\.\d/.test(name) && (effort === null || effort === "none");
}

function isNativeClaude({ quirks, name }: Lane): boolean {
  return quirks.effortShape === "native" && name.startsWith("claude");
}

function takesNoSamplers(name: string): boolean {
  const native = effortFamily(name)?.native;
  return native?.by === "adaptive" && native.budget === null;
}

function isThinkingClaude(lane: Lane): boolean {
  return isNativeClaude(lane) && !takesNoSamplers(lane.name) && willThink(lane.quirks, lane.setup);
}

/** Claude 4.1 and later take a temperature or top_p, not both. */
function takesOneOfTwo(lane: Lane): boolean {
  if (!isNativeClaude(lane) || takesNoSamplers(lane.name)) return false;
  if (isThinkingClaude(lane) && !isHighTopP(lane.setup.samplers["top_p"])) return false;
  return (claudeGeneration(lane.name) ?? 0) >= 4.1;
}

function sendsTemperature(lane: Lane): boolean {
  const temperature = lane.setup.samplers["temperature"];
  return temperature !== undefined && (temperature === 1 || !isThinkingClaude(lane));
}

function isHighTopP(value: unknown): boolean {
  return typeof value === "number" && value >= 0.95 && value <= 1;
}
