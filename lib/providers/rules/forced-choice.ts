import type { LaneSetup, Provider, Quirks } from "@/lib/providers/provider";

import { modelName } from "./model-name";
import { willThink } from "./will-think";

/** Why a required or named tool choice would be refused in this lane, as a sentence; null where it may be sent. Pure. */
export function whyNoForcedChoice(provider: Provider, quirks: Quirks, setup: LaneSetup): string | null {
  if (quirks.toolChoice === "auto-only") return `${provider.label} can't be told which tool to call.`;
  // What its gateways refuse is theirs to say.
  const isClaude = quirks.effortShape === "native" && modelName(setup.model).startsWith("claude");
  const minds = isClaude || quirks.toolChoice === "auto-while-thinking";
  if (!minds || !willThink(quirks, setup)) return null;
  return `${provider.label} rejects a forced tool call while the model thinks.`;
}
