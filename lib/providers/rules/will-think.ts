import type { LaneSetup, Quirks } from "@/lib/providers/provider";

import { effortFamily } from "./effort";
import { thinksByDefault } from "./thinks-by-default";

/** Whether the lane's model will think before it answers, as far as its family is known; unknown counts as no. Pure. */
export function willThink(
  quirks: Quirks,
  { effort, thinkingTokens, model }: Pick<LaneSetup, "effort" | "thinkingTokens" | "model">,
): boolean {
  if (effort === "none") return false;
  if (quirks.effortShape === "native" && effortFamily(model)?.onDemand === true) {
    return effort !== null || (thinkingTokens ?? 0) > 0;
  }
  return thinksByDefault(model);
}
