import type { DialectId } from "@/lib/providers/dialect-id";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";

import { effortOptions, type EffortOptions } from "./effort";
import { whyNoForcedChoice } from "./forced-choice";
import { type RejectedField, rejectedFields } from "./rejected-fields";
import { type ThinkingLimit, thinkingLimitOf } from "./thinking-limit";

/** What a lane's settings can be for its provider, dialect and model. Each refusal says why. */
export type SettingLimits = {
  /** The wire formats that the provider speaks, its usual one first. */
  readonly dialects: readonly [DialectId, ...DialectId[]];
  /** The one in use. */
  readonly dialect: DialectId;
  readonly effort: EffortOptions;
  readonly thinkingLimit: ThinkingLimit;
  readonly rejected: readonly RejectedField[];
  /** Why no tool call can be forced; null where one can. */
  readonly noForcedChoice: string | null;
  /** Whether the provider can be asked to search the web by itself. */
  readonly webSearch: boolean;
};

/** null for a provider that is not known. Pure. */
export function settingLimits(setup: LaneSetup): SettingLimits | null {
  const provider = findProvider(setup.provider);
  if (provider === null) return null;
  const { dialect, quirks } = speechOf(provider, setup.dialect);
  const [usual, ...others] = provider.speaks;
  return {
    dialects: [usual.dialect, ...others.map((speech) => speech.dialect)],
    dialect,
    effort: effortOptions(provider, quirks, setup.model),
    thinkingLimit: thinkingLimitOf(provider, quirks, setup.model),
    rejected: rejectedFields(provider, quirks, setup),
    noForcedChoice: whyNoForcedChoice(provider, quirks, setup),
    webSearch: quirks.webSearch === true,
  };
}
