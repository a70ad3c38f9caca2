import type { LaneSetup, Provider, Quirks } from "@/lib/providers/provider";

import { rejectedFields } from "./rejected-fields";
import type { Verdict } from "./verdicts";

/** Samplers of a lane that would be refused and are therefore not sent, one verdict for each reason. Pure. */
export function samplerVerdicts(provider: Provider, quirks: Quirks, setup: LaneSetup): readonly Verdict[] {
  const names = new Map<string, string[]>();
  for (const { name, why } of rejectedFields(provider, quirks, setup)) {
    if (Object.hasOwn(setup.samplers, name)) names.set(why, [...(names.get(why) ?? []), name]);
  }
  return [...names].map(([why, refused]) => ({
    setting: "samplers",
    level: "note",
    message: `${refused.length === 1 ? "" : "Each of "}${refused.join(", ")} is not sent: ${why}.`,
    fix: { samplers: without(setup, refused) },
    fixLabel: "Take it out",
  }));
}

function without({ samplers }: LaneSetup, names: readonly string[]): LaneSetup["samplers"] {
  return Object.fromEntries(Object.entries(samplers).filter(([name]) => !names.includes(name)));
}
