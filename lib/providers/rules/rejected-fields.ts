import type { LaneSetup, Provider, Quirks, RejectRule } from "@/lib/providers/provider";

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
  const everywhere = quirks.rejects.map((name) => ({ name, why: `${provider.label} does not accept it` }));
  const lane = { quirks, setup, name: modelName(setup.model) };
  const own = (provider.rejectRules ?? []).filter(({ when }) => when(lane));
  const everyones = RULES.filter(({ when }) => when(lane));
  const here = [...own, ...everyones].flatMap(({ fields, why }) =>
    fields.map((name) => ({ name, why: why(setup.model) })),
  );
  return [...everywhere, ...here];
}

/** The reason why one field, or each of several, is not sent. */
export function reasonFor(why: string, fields: number): string {
  return fields === 1 ? why : why.replace(/ (accept|rejects) it\b/u, " $1 them");
}

type Lane = { readonly quirks: Quirks; readonly setup: LaneSetup; readonly name: string };

type Rule = Omit<RejectRule, "when"> & { readonly when: (lane: Lane) => boolean };

const refuses = (model: string) => `${model} rejects it`;
const refusesThinking = (model: string) => `${model} rejects it while thinking`;

const RULES: readonly Rule[] = [
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
    why: (model) => `${model} accepts no less than 0.95 while thinking`,
  },
  {
    when: (lane) => takesOneOfTwo(lane) && sendsTemperature(lane),
    fields: ["top_p"],
    why: (model) => `${model} does not accept top_p together with temperature`,
  },
];

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
