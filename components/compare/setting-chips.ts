import { DIALECT_LABELS } from "@/lib/providers/dialect-labels";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { SettingKey } from "@/lib/session/session";

import type { SettingChip } from "./lane-header";

/** Settings that a chip never shows: the model is the header itself, and its server is told on hover. */
const UNSHOWN: ReadonlySet<SettingKey> = new Set(["model", "endpoint"]);

/** Chips for the settings that differ between lanes, and for any setting that will have no effect here. */
export function settingChips(
  setup: LaneSetup,
  differing: readonly SettingKey[],
  noEffect: ReadonlyMap<SettingKey, string>,
): readonly SettingChip[] {
  const keys = new Set([...differing, ...noEffect.keys()]);
  return [...keys]
    .filter((key) => !UNSHOWN.has(key))
    .map((key) => ({ key, label: chipLabel(setup, key), noEffect: noEffect.get(key) ?? null }));
}

function chipLabel(setup: LaneSetup, key: SettingKey): string {
  switch (key) {
    case "provider":
      return setup.provider;
    case "endpoint":
      return setup.endpoint ?? "preset address";
    case "model":
      return setup.model;
    case "system":
      return setup.system === "" ? "no system prompt" : "system prompt";
    case "effort":
      return setup.effort === null ? "default effort" : `effort ${setup.effort}`;
    case "thinkingTokens":
      return setup.thinkingTokens === null ? "no thinking limit" : `think ≤ ${setup.thinkingTokens}`;
    case "maxTokens":
      return setup.maxTokens === null ? "no token limit" : `≤ ${setup.maxTokens} tokens`;
    case "samplers":
      return samplersLabel(setup);
    case "tools":
      return setup.tools.length === 0
        ? "no tools"
        : `${setup.tools.length} ${setup.tools.length === 1 ? "tool" : "tools"}`;
    case "toolChoice":
      return setup.toolChoice.kind === "named"
        ? `call ${setup.toolChoice.name}`
        : `tool choice ${setup.toolChoice.kind}`;
    case "parallelToolCalls":
      return setup.parallelToolCalls === null
        ? "default parallel"
        : setup.parallelToolCalls
          ? "parallel calls"
          : "one call at a time";
    case "dialect":
      return dialectLabel(setup);
    case "webSearch":
      return setup.webSearch ? "web search" : "no web search";
    case "thinkTags":
      return setup.thinkTags === true ? "reads <think>" : "leaves <think>";
  }
}

/** The one in use: "as usual" says nothing beside another lane's. */
function dialectLabel({ provider, dialect }: LaneSetup): string {
  const known = findProvider(provider);
  const used = known === null ? dialect : speechOf(known, dialect).dialect;
  return used === null ? "usual dialect" : DIALECT_LABELS[used];
}

function samplersLabel(setup: LaneSetup): string {
  const entries = Object.entries(setup.samplers);
  if (entries.length === 0) return "default samplers";
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) return `${first[0]} ${JSON.stringify(first[1])}`;
  return `${entries.length} samplers`;
}
