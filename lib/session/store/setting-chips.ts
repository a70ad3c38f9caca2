import { DIALECT_LABELS } from "@/lib/providers/dialect-id";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { formatPlural } from "@/lib/stream/figures/format-number";
import { BINDING_LABELS, type ToolDefinition } from "@/lib/tools/tool";

import type { SettingKey } from "./session";

/** A setting as a lane's header shows it. */
export type SettingChip = {
  readonly key: SettingKey;
  readonly label: string;
  /** Why the setting has no effect on this server; null when it works. */
  readonly noEffect: string | null;
};

type ChipInput = {
  readonly setup: LaneSetup;
  readonly differing: readonly SettingKey[];
  readonly noEffect: ReadonlyMap<SettingKey, string>;
  /** The lane's server, as a person reads it. */
  readonly server: string;
  readonly tools: readonly ToolDefinition[];
};

/** Chips for the settings that differ between lanes, and for any setting that will have no effect here. Pure. */
export function settingChips(input: ChipInput): readonly SettingChip[] {
  const { differing, noEffect } = input;
  // Another address is as much another server as another provider is, so one chip covers both.
  const keys = [...differing, ...noEffect.keys()].map((key) => (key === "endpoint" ? "provider" : key));
  return [...new Set(keys)]
    .filter((key) => key !== "model")
    .map((key) => ({ key, label: chipLabel(input, key), noEffect: noEffect.get(key) ?? null }));
}

function chipLabel({ setup, server, tools }: ChipInput, key: SettingKey): string {
  switch (key) {
    case "provider":
    case "endpoint":
      return server;
    case "model":
      return setup.model;
    case "system":
      return setup.system === "" ? "no system prompt" : `system “${shortened(setup.system)}”`;
    case "effort":
      return setup.effort === null ? "default effort" : `effort ${setup.effort}`;
    case "thinkingTokens":
      return setup.thinkingTokens === null ? "no thinking limit" : `think ≤ ${setup.thinkingTokens}`;
    case "maxTokens":
      return setup.maxTokens === null ? "no token limit" : `≤ ${setup.maxTokens} tokens`;
    case "samplers":
      return samplersLabel(setup);
    case "tools":
      return toolsLabel(tools.filter(({ id }) => setup.tools.includes(id)));
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
    case "responseSchema":
      return setup.responseSchema === null ? "no answer schema" : "answer schema";
    case "limits":
      return `≤ ${formatPlural(setup.limits.steps, "step")}, ${formatPlural(setup.limits.calls, "call")}`;
    case "answeredBy":
      return setup.answeredBy === "person" ? "calls by hand" : "calls by tools";
    case "bindings":
      return bindingsLabel(setup, tools);
    case "thinkTags":
      if (setup.thinkTags === null) return "auto <think>";
      return setup.thinkTags ? "reads <think>" : "leaves <think>";
  }
}

/** The lane's own answers to calls, each by its tool: "weather: mock". */
function bindingsLabel({ bindings }: LaneSetup, tools: readonly ToolDefinition[]): string {
  const own = tools.flatMap(({ id, name }) => {
    const binding = bindings[id];
    return binding === undefined ? [] : [`${name}: ${BINDING_LABELS[binding.kind]}`];
  });
  return own.length === 0 ? "tools as shared" : own.join(", ");
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
  return entries.map(([key, value]) => `${key} ${JSON.stringify(value)}`).join(", ");
}

function toolsLabel(on: readonly ToolDefinition[]): string {
  if (on.length === 0) return "no tools";
  return on.length > 3 ? `${on.length} tools` : on.map(({ name }) => name).join(", ");
}

const SHOWN_CHARACTERS = 24;

function shortened(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, " ");
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS - 1)}…`;
}
